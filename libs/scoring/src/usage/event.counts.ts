import { dayOf } from '../engagement/engagement.fold';
import { DAY_MS, type ScoringEvent } from '../profile';

/** Events of one name per UTC day; `counts` has one entry per day, the oldest first. */
export interface DailyCounts {
  name: string;
  counts: { dayStart: number; count: number }[];
}

/**
 * How often events of the given names happened on each of the last `days` UTC days up to the day of `at` (ms). Days
 * without any are there with 0. Names are compared as written.
 */
export function dailyCountsOf(
  events: readonly ScoringEvent[],
  names: readonly string[],
  at: number,
  days: number,
): DailyCounts[] {
  const first = dayOf(at) - days + 1;
  return names.map((name) => {
    const counts = Array.from({ length: days }, (_, index) => ({ dayStart: (first + index) * DAY_MS, count: 0 }));
    for (const event of events) {
      const bucket = event.name === name && event.at <= at ? counts[dayOf(event.at) - first] : undefined;
      if (bucket !== undefined) bucket.count += 1;
    }
    return { name, counts };
  });
}
