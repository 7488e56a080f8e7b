import { smallPowerOfTwo } from '../numeric/exponent';

/**
 * A bucket's sum is kept in steps of 2^-42. Sums of up to 2,048 events a day are then exact in a double, so that any
 * order of arrival gives the same state to the last bit, at a price of 1e-13 of an event's weight.
 */
export const SUM_STEPS = 2 ** 42;

/** What an event at a time of day (ms) adds to its bucket's sum: 2^(time of day / halfLife), in whole steps. */
export function bucketWorth(timeOfDayMs: number, halfLifeMs: number): number {
  return Math.round(smallPowerOfTwo(timeOfDayMs / halfLifeMs) * SUM_STEPS) / SUM_STEPS;
}
