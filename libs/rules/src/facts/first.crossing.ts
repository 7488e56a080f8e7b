import { DAY_MS } from '@rekindle/scoring';
import type { LeafScope } from './fact';

/** Largest instant a JavaScript date can show (epoch ms): the search for a change ends there. */
const LATEST_MS = 8.64e15;

/**
 * First whole millisecond after `at` at which `isChanged` holds, for something that changes once and stays.
 * `estimate` (any number) only makes the search short; the answer is exact whatever its rounding.
 */
export function firstMillisecond(at: number, estimate: number, isChanged: (instant: number) => boolean): number | null {
  let before = Math.floor(at);
  let after = Number.isFinite(estimate) ? Math.max(before + 1, Math.ceil(estimate)) : before + 1;
  for (let step = 1; !isChanged(after); step *= 2) {
    before = after;
    after += step;
    if (after > LATEST_MS) return null;
  }
  for (let step = 1; after - step > before; step *= 2) {
    if (!isChanged(after - step)) {
      before = after - step;
      break;
    }
    after -= step;
  }
  while (after - before > 1) {
    const middle = before + Math.floor((after - before) / 2);
    if (isChanged(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** The earlier of two instants, where null is never. */
export function earlier(one: number | null, other: number | null): number | null {
  if (one === null) return other;
  return other === null || one <= other ? one : other;
}

/** Whole days (completed 24-hour periods) from one instant to another. */
export function wholeDaysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY_MS));
}

/** Next flip of a comparison over "whole days since `last`". */
export function nextDayChange(last: number | undefined, at: number, scope: LeafScope): number | null {
  if (last === undefined || scope.thresholds.length === 0) return null;
  const holdsNow = scope.holds(wholeDaysBetween(last, at));
  let first: number | null = null;
  for (const threshold of scope.thresholds) {
    for (const days of [Math.ceil(threshold), Math.floor(threshold) + 1]) {
      const instant = last + days * DAY_MS;
      if (instant <= at || (first !== null && instant >= first)) continue;
      if (scope.holds(wholeDaysBetween(last, instant)) !== holdsNow) first = instant;
    }
  }
  return first;
}
