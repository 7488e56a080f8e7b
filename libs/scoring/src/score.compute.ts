import { courseContributionsAt } from './engagement/engagement.explain';
import { bandIndexOf, courseCrossingAt, scoreOfPoints } from './engagement/engagement.rank';
import { spikeAt } from './engagement/engagement.spike';
import { courseTrendAt } from './engagement/engagement.trend';
import type { PointsCourse } from './engagement/points.course';
import { fitOf } from './fit/fit.score';
import type { CompiledModel } from './model/model.compile';
import { priorityOf } from './priority/priority.score';
import type { LeadAttributes, Profile } from './profile';
import type { EngagementScore, EngagementState, ForecastCrossing, Score } from './score';
import { usageAt } from './usage/usage.read';

/** A score below this has decayed to nothing to speak of. */
const FADED_SCORE = 0.5;

export interface ScoreInput {
  profile: Profile;
  attributes: LeadAttributes;
  /** Epoch ms; at or after the profile's latest event (for a past instant pass the profile of the events until then). */
  at: number;
  model: CompiledModel;
}

/** A lead's whole score as of an instant, now or in the future, with its explanation and forecast. */
export function scoreAt({ profile, attributes, at, model }: ScoreInput): Score {
  const engagement = engagementAt(profile, at, model);
  const fit = fitOf(attributes, model);
  const bandIndex = engagement.band === null ? null : bandIndexOf(engagement.score, model);
  return {
    at,
    model: { key: model.key, version: model.version },
    engagement,
    usage: usageAt(profile, at, model, attributes),
    fit,
    priority: priorityOf(fit, engagement.score, bandIndex, model),
    lastActivityAt: profile.lastAt,
  };
}

/** The engagement part of {@link scoreAt}. */
export function engagementAt(profile: Profile, at: number, model: CompiledModel): EngagementScore {
  const course = model.decay.courseOf(profile, model);
  const points = course?.valueAt(at) ?? 0;
  const score = scoreOfPoints(points, model);
  const { bands } = model.document.engagement;
  return {
    state: stateOf(course, score),
    points,
    score,
    band: course === null ? null : (bands[bandIndexOf(score, model)]?.key ?? null),
    contributions: course === null ? [] : courseContributionsAt(course, at),
    trend: courseTrendAt(profile, course, at, model),
    spike: spikeAt(profile, at, model),
    forecast: forecastOf(course, at, model),
  };
}

/** Never a signal; never worth anything; faded; or worth points now. */
function stateOf(course: PointsCourse | null, score: number): EngagementState {
  if (course === null) return 'none';
  if (!course.hadWorth) return 'zero';
  return score < FADED_SCORE ? 'was-active' : 'active';
}

function forecastOf(course: PointsCourse | null, at: number, model: CompiledModel): ForecastCrossing[] {
  return model.document.engagement.bands
    .filter(({ minScore }) => minScore > 0)
    .map(({ key, minScore }) => ({
      band: key,
      minScore,
      crossesAt: course === null ? null : courseCrossingAt(course, at, minScore, model),
    }));
}
