import type { CompiledModel } from '../model/model.compile';
import { timesPowerOfTwo } from '../numeric/exponent';
import { firstInstantWhere } from '../numeric/first.instant';
import type { Profile } from '../profile';
import { RANK_REACH, standingOf } from './engagement.fold';
import type { PointsCourse } from './points.course';

/** So many times the points worth 50 round to a score of 100 (2^-54 is lost beside 1). */
const FULL_SCORE_MULTIPLE = 54;

/**
 * Whether a model ranks leads by a number no time touches. Only the exponential decay does. Under any other a rank is
 * the points at one instant: it holds from there until {@link nextEngagementChangeAt}.
 */
export function hasStaticRank(model: CompiledModel): boolean {
  return model.decay.hasStaticRank;
}

/**
 * Static rank: net points as of the model's landmark; null without any signal. It does not change while no event
 * arrives and orders leads as their points do at every instant. Clamped to ±2^1010; exact within 850 half-lives of the
 * landmark (70 years at 30 days).
 * Without a static rank it is the points at `at` (ms; without it: at the latest signal), to be taken anew when they
 * change.
 */
export function engagementRank(profile: Profile, model: CompiledModel, at?: number): number | null {
  if (model.decay.hasStaticRank) return standingOf(profile, model)?.rank ?? null;
  const course = model.decay.courseOf(profile, model);
  return course === null ? null : course.valueAt(at ?? course.lastAt);
}

/** Where a rank is and how it moves: at t (ms) it is `rank + slopePerMs · (t − landmark)`. */
export interface RankLine {
  rank: number;
  /** 0 but under a decay that is even between changes. */
  slopePerMs: number;
}

/**
 * The line a course's points follow from `at` (ms) until its next change, which is when to ask anew: constant under a
 * window and steps, falling under a linear decay. Exact but for rounding, so that leads are ranked at every instant of it.
 */
export function courseLineAt(course: PointsCourse, at: number, { landmarkMs }: CompiledModel): RankLine {
  const start = Math.max(at, course.lastAt);
  const points = course.valueAt(start);
  const end = (course.nextChange(start) ?? start + 1) - 1;
  const slopePerMs = end > start ? (course.valueAt(end) - points) / (end - start) : 0;
  return { rank: points - slopePerMs * (start - landmarkMs), slopePerMs };
}

/**
 * Until when (epoch ms) ranks of this model are exact: events later than that need a model with a later landmark.
 * Decades at 30 days, 2.3 years at a half-life of one day. Infinity where a rank is plain points.
 */
export function ranksExactUntil(model: CompiledModel): number {
  return model.decay.hasStaticRank ? model.landmarkMs + RANK_REACH * model.halfLifeMs : Number.POSITIVE_INFINITY;
}

/**
 * Points a rank is worth at `at` (ms): rank · 2^(-(at − landmark) / halfLife). No rank is worth 0.
 * Without a static rank: the points as of when the rank was taken.
 */
export function pointsAt(rank: number | null, at: number, model: CompiledModel): number {
  if (rank === null) return 0;
  return model.decay.hasStaticRank ? timesPowerOfTwo(rank, (model.landmarkMs - at) / model.halfLifeMs) : rank;
}

/** The rank that is worth `points` at `at` (ms): the inverse of {@link pointsAt}, for range scans over ranks. */
export function rankOfPoints(points: number, at: number, model: CompiledModel): number {
  return model.decay.hasStaticRank ? timesPowerOfTwo(points, (at - model.landmarkMs) / model.halfLifeMs) : points;
}

/** A profile's points at `at` (ms, at or after its latest signal); null without any signal. Exact under every decay. */
export function engagementPointsAt(profile: Profile, at: number, model: CompiledModel): number | null {
  return model.decay.courseOf(profile, model)?.valueAt(at) ?? null;
}

/** Engagement score 0–100 of points: 100 · (1 − 2^(−points / halfScorePoints)); 0 for no or negative points. */
export function scoreOfPoints(points: number, model: CompiledModel): number {
  if (points <= 0) return 0;
  return -100 * Math.expm1((-points * Math.LN2) / model.document.engagement.halfScorePoints);
}

/** Points worth a score: the inverse of {@link scoreOfPoints}. 100 gives the least points that round to 100. */
export function pointsOfScore(score: number, model: CompiledModel): number {
  const { halfScorePoints } = model.document.engagement;
  if (score <= 0) return 0;
  const halves = score >= 100 ? FULL_SCORE_MULTIPLE : -Math.log1p(-score / 100) / Math.LN2;
  return halfScorePoints * halves;
}

/** Position of the band a score falls in, from the top (0). */
export function bandIndexOf(score: number, model: CompiledModel): number {
  const { bands } = model.document.engagement;
  const index = bands.findIndex((band) => score >= band.minScore);
  return index < 0 ? bands.length - 1 : index;
}

/** Key of the band a score falls in. */
export function bandOf(score: number, model: CompiledModel): string {
  return model.document.engagement.bands[bandIndexOf(score, model)]?.key ?? '';
}

/**
 * First ms at which a rank's points are below `points`: landmark + halfLife · log2(rank / points), to the ms as
 * {@link pointsAt} computes it. May lie in the past. Null when it never is above: no rank, rank or points not above 0.
 * Null, too, without a static rank: ask {@link fallsBelowAt} of the profile.
 */
export function crossingAt(rank: number | null, points: number, model: CompiledModel): number | null {
  return rankFallsBelowAt(rank, points, model, (at) => pointsAt(rank, at, model) < points);
}

/** First ms at which a rank's engagement score is below `score`; null as for {@link crossingAt}. */
export function scoreCrossingAt(rank: number | null, score: number, model: CompiledModel): number | null {
  const isBelow = (at: number): boolean => scoreOfPoints(pointsAt(rank, at, model), model) < score;
  return rankFallsBelowAt(rank, pointsOfScore(score, model), model, isBelow);
}

function rankFallsBelowAt(
  rank: number | null,
  points: number,
  model: CompiledModel,
  isBelow: (at: number) => boolean,
): number | null {
  if (rank === null || rank <= 0 || points <= 0 || !model.decay.hasStaticRank) return null;
  const estimate = model.landmarkMs + model.halfLifeMs * (Math.log2(rank) - Math.log2(points));
  return firstInstantWhere(estimate, isBelow);
}

/**
 * First ms after `at` at which the lead's points are below `points` if nothing happens; null when they already are or
 * never will be. Exact under every decay.
 */
export function fallsBelowAt(profile: Profile, at: number, points: number, model: CompiledModel): number | null {
  const isCrossed = (value: number): boolean => value < points;
  return model.decay.courseOf(profile, model)?.crossing(at, { points, isCrossed }) ?? null;
}

/** First ms after `at` at which a course's score is below `score`; null when it already is or never will be. */
export function courseCrossingAt(course: PointsCourse, at: number, score: number, model: CompiledModel): number | null {
  if (score <= 0) return null;
  const isCrossed = (points: number): boolean => scoreOfPoints(points, model) < score;
  return course.crossing(at, { points: pointsOfScore(score, model), isCrossed });
}

/** First ms after `at` at which the lead's band differs if nothing happens; null: never. */
export function nextBandCrossingAt(profile: Profile, at: number, model: CompiledModel): number | null {
  const course = model.decay.courseOf(profile, model);
  return course === null ? null : courseBandCrossingAt(course, at, model);
}

/** As {@link nextBandCrossingAt}, with the profile's course already known. */
export function courseBandCrossingAt(course: PointsCourse, at: number, model: CompiledModel): number | null {
  const bandAt = (points: number): number => bandIndexOf(scoreOfPoints(points, model), model);
  const band = bandAt(course.valueAt(at));
  const points = pointsOfScore(model.document.engagement.bands[band]?.minScore ?? 0, model);
  return course.crossing(at, { points, isCrossed: (value) => bandAt(value) !== band });
}

/**
 * Next instant after `at` (ms) at which the points leave their smooth run: an event leaves a window or a step, or a
 * slope bends. Null: never, as under the exponential decay, whose course is smooth for ever.
 */
export function nextEngagementChangeAt(profile: Profile, at: number, model: CompiledModel): number | null {
  return model.decay.courseOf(profile, model)?.nextChange(at) ?? null;
}
