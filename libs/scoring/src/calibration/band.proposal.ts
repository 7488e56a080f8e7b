import { FEWEST_PER_ROW } from './lead.outcome';

/** A band or tier to be cut: it holds those above this share (0–100 %) of the distribution. */
export interface BandShare {
  key: string;
  percentile: number;
}

/** A proposed cut-off with what it would do to the distribution it comes from. */
export interface ProposedBand extends BandShare {
  /** The band starts here (inclusive); same unit as the values. */
  minValue: number;
  /** How many of the values fall into the band, and their share (0–1) of all. */
  leads: number;
  share: number;
}

export interface BandProposal {
  /** From the highest cut-off down. */
  bands: ProposedBand[];
  values: number;
  /** Fewer than 30 values: too few to cut bands from. */
  isThin: boolean;
}

/** Mixpanel's advice for usage tiers: cut at the 25th, 50th and 90th percentile. */
export const usageTierShares: readonly BandShare[] = [
  { key: 'power', percentile: 90 },
  { key: 'active', percentile: 50 },
  { key: 'at-risk', percentile: 25 },
  { key: 'dormant', percentile: 0 },
];

/** The same cuts for the three engagement bands. */
export const engagementBandShares: readonly BandShare[] = [
  { key: 'high', percentile: 90 },
  { key: 'medium', percentile: 50 },
  { key: 'low', percentile: 0 },
];

/**
 * Cut-offs from the distribution there is: scores, points or event counts, all at least 0. The cut-off at percentile p
 * is the lowest value among the top (100 − p) %, so it always is a value that occurs; percentile 0 starts at 0. Equal
 * values stay together: a band may turn out larger than asked for, and the one below it empty, which `leads` shows.
 * Throws RangeError without a value, for one that is negative or not finite, and for percentiles that do not fall
 * strictly from below 100 to 0.
 */
export function proposeBands(values: readonly number[], shares: readonly BandShare[]): BandProposal {
  checkValues(values);
  checkShares(shares);
  const sorted = values.toSorted((left, right) => left - right);
  let above = Number.POSITIVE_INFINITY;
  const bands = shares.map((share): ProposedBand => {
    const index = Math.min(sorted.length - 1, Math.ceil((share.percentile * sorted.length) / 100));
    const minValue = share.percentile === 0 ? 0 : (sorted[index] ?? 0);
    const leads = values.filter((value) => value >= minValue && value < above).length;
    above = minValue;
    return { ...share, minValue, leads, share: leads / values.length };
  });
  return { bands, values: values.length, isThin: values.length < FEWEST_PER_ROW };
}

function checkValues(values: readonly number[]): void {
  if (values.length === 0) throw new RangeError('There is no value to cut bands from.');
  if (values.some((value) => !Number.isFinite(value) || value < 0)) {
    throw new RangeError('Every value must be a finite number of at least 0.');
  }
}

function checkShares(shares: readonly BandShare[]): void {
  const isFalling = shares.every(({ percentile }, index) => percentile < (shares[index - 1]?.percentile ?? 100));
  if (!isFalling || shares.at(-1)?.percentile !== 0) {
    throw new RangeError('The percentiles must fall strictly from below 100 down to 0.');
  }
}
