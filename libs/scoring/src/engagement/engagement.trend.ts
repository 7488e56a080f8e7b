import { type CompiledModel, DEFAULT_TREND } from '../model/model.compile';
import { DAY_MS, type Profile } from '../profile';
import type { TrendDirection } from '../score';
import { dayOf } from './engagement.fold';
import { scoreOfPoints } from './engagement.rank';
import type { PointsCourse } from './points.course';

export interface Trend {
  direction: TrendDirection;
  changePoints: number;
}

/**
 * Rising, steady or cooling: the lead at the end of `at`'s UTC day against the end of the day a week before (as it
 * stood then, without what came later). A change of the score within the dead band is steady. Both are ends of UTC
 * days, so the direction changes only by events and at midnights. `changePoints` is the difference in points.
 */
export function trendAt(profile: Profile, at: number, model: CompiledModel): Trend {
  return courseTrendAt(profile, model.decay.courseOf(profile, model), at, model);
}

/** As {@link trendAt}, with the profile's course already known. */
export function courseTrendAt(profile: Profile, course: PointsCourse | null, at: number, model: CompiledModel): Trend {
  if (course === null) return { direction: 'steady', changePoints: 0 };
  return trendOnDay(profile, course, dayOf(Math.max(at, course.lastAt)), model);
}

function trendOnDay(profile: Profile, course: PointsCourse, day: number, model: CompiledModel): Trend {
  const { days, deadBandScore } = model.document.engagement.trend ?? DEFAULT_TREND;
  const now = pointsAtEndOf(day, course);
  const isPastWhole = dayOf(course.lastAt) <= day - days;
  const past = pointsAtEndOf(day - days, isPastWhole ? course : model.decay.courseOf(profile, model, day - days));
  const changeScore = scoreOfPoints(now, model) - scoreOfPoints(past, model);
  const direction = Math.abs(changeScore) <= deadBandScore ? 'steady' : changeScore > 0 ? 'rising' : 'cooling';
  return { direction, changePoints: now - past };
}

function pointsAtEndOf(day: number, course: PointsCourse | null): number {
  return course?.valueAt((day + 1) * DAY_MS) ?? 0;
}

/** Earliest UTC midnight after `at` at which the trend's direction differs if nothing happens; null: never. */
export function nextTrendChangeAt(profile: Profile, at: number, model: CompiledModel): number | null {
  const course = model.decay.courseOf(profile, model);
  if (course === null) return null;
  const { days, deadBandScore } = model.document.engagement.trend ?? DEFAULT_TREND;
  const today = dayOf(Math.max(at, course.lastAt));
  const { direction } = trendOnDay(profile, course, today, model);
  for (let day = today + 1; ; day += 1) {
    const trend = trendOnDay(profile, course, day, model);
    if (trend.direction !== direction) return day * DAY_MS;
    const pastDay = day - days;
    const isPastWhole = dayOf(course.lastAt) <= pastDay;
    // What is left only fades from here: no event leaves any more, which could be one that counts against the lead.
    const isFading = isPastWhole && course.nextChange((pastDay + 1) * DAY_MS) === null;
    if (isFading && scoreOfPoints(pointsAtEndOf(pastDay, course), model) <= deadBandScore) return null;
  }
}
