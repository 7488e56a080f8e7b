/** Shares of all leads, in percent, below which the cut-offs of four tiers lie. */
const QUARTILES: readonly number[] = [25, 50, 90];

/**
 * Cut-offs for tiers from the real distribution of event counts: for each percentile the least count that is above at
 * least so many percent of the leads who did anything at all (nearest rank). They rise strictly from 1, so that
 * each is a tier of its own; a lead with no event is below them all. Empty without any lead that did anything.
 */
export function proposedCutOffs(counts: readonly number[], percentiles: readonly number[] = QUARTILES): number[] {
  const active = counts.filter((count) => count > 0).sort((one, other) => one - other);
  if (active.length === 0) return [];
  const cutOffs: number[] = [];
  for (const percentile of [...percentiles].sort((one, other) => one - other)) {
    const rank = Math.max(1, Math.ceil((percentile / 100) * active.length));
    const value = Math.ceil(active[Math.min(rank, active.length) - 1] ?? 1);
    cutOffs.push(Math.max(value, (cutOffs.at(-1) ?? 0) + 1));
  }
  return cutOffs;
}
