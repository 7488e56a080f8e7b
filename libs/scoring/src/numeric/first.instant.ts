/**
 * The first whole ms at which a test that is false early and true from some instant on becomes true.
 * `estimate` (ms) is where it should be; the search widens around it and then bisects, so a rounded estimate still
 * gives the exact ms. Throws RangeError for an estimate that is no finite number.
 */
export function firstInstantWhere(estimate: number, isReached: (at: number) => boolean): number {
  if (!Number.isFinite(estimate)) throw new RangeError('The instant to search from is not a finite number.');
  let high = Math.ceil(estimate);
  let low = high - 1;
  for (let step = 1; !isReached(high); step *= 2) {
    low = high;
    high += step;
  }
  for (let step = 1; isReached(low); step *= 2) {
    high = low;
    low -= step;
  }
  return firstInstantBetween(low, high, isReached);
}

/** The first whole ms after `low` and up to `high` at which a test becomes true that is false at `low`, true at `high`. */
export function firstInstantBetween(low: number, high: number, isReached: (at: number) => boolean): number {
  let before = low;
  let reached = high;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (isReached(middle)) reached = middle;
    else before = middle;
  }
  return reached;
}
