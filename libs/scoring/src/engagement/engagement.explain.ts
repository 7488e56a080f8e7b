import type { CompiledModel } from '../model/model.compile';
import type { Profile } from '../profile';
import type { Contribution } from '../score';
import type { PointsCourse } from './points.course';

/**
 * Each signal's share of the points at `at` (ms) after decay and limits, largest first (negative ones last).
 * The shares add up to the points (to 1e-9), because the points are derived from them. `count` is of all events the
 * profile knows; under a decay that ends, of those within its reach, and signals without any are left out.
 */
export function contributionsAt(profile: Profile, at: number, model: CompiledModel): Contribution[] {
  const course = model.decay.courseOf(profile, model);
  return course === null ? [] : courseContributionsAt(course, at);
}

/** As {@link contributionsAt}, of a course already known. */
export function courseContributionsAt(course: PointsCourse, at: number): Contribution[] {
  return course
    .sharesAt(at)
    .map(({ signal, count, points, lastAt }) => ({
      signal: signal.definition.key,
      label: signal.definition.label,
      count,
      points,
      lastAt,
    }))
    .sort((left, right) => right.points - left.points);
}

/**
 * Contributions rounded to `digits` decimals so that the rounded parts add up to the rounded total: largest remainder
 * (Hamilton's method). No part moves by a whole last digit or more.
 */
export function roundContributions(contributions: readonly Contribution[], digits: number): Contribution[] {
  const unit = 10 ** digits;
  const scaled = contributions.map(({ points }) => points * unit);
  const whole = scaled.map(Math.floor);
  const total = Math.round(scaled.reduce((sum, points) => sum + points, 0));
  const missing = total - whole.reduce((sum, points) => sum + points, 0);
  const remainder = (index: number): number => (scaled[index] ?? 0) - (whole[index] ?? 0);
  const raised = new Set([...whole.keys()].sort((a, b) => remainder(b) - remainder(a)).slice(0, Math.max(0, missing)));
  return contributions.map((contribution, index) => ({
    ...contribution,
    points: ((whole[index] ?? 0) + (raised.has(index) ? 1 : 0)) / unit,
  }));
}
