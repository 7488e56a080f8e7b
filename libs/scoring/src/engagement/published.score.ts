import type { CompiledModel } from '../model/model.compile';
import type { PublishedSettings } from '../model/model.schema';
import { DAY_MS, type Profile } from '../profile';
import { dayOf } from './engagement.fold';
import { bandOf, scoreOfPoints } from './engagement.rank';

const WEEK_MS = 7 * DAY_MS;
const LIVE: PublishedSettings = { scale: 'hundred', isClustered: false };

/** When the published number was worked out last, before that, and will be next (epoch ms). */
export interface Refresh {
  /** Weeks between two refreshes; null: live, computed whenever it is read. */
  weeks: number | null;
  at: number;
  /** The refresh before: what a change since then is measured against. Null when live. */
  previousAt: number | null;
  nextAt: number | null;
}

/** The number a model publishes. `value` is on the model's scale; null without any signal by then. */
export interface PublishedScore {
  value: number | null;
  band: string | null;
  refresh: Refresh;
}

/**
 * Pushes a score 0–100 to the ends: 100 · x² / (x² + (1 − x)²) of x = score / 100. Rises strictly, so no order changes;
 * 0, 50 and 100 stay, below 50 falls, above 50 rises. It is worked out when read: switching it off needs no undoing.
 */
export function clusteredScoreOf(score: number): number {
  const odds = (100 - score) / score;
  return 100 / (1 + odds ** 2);
}

/** The score that clustering moves to `clustered`: the inverse of {@link clusteredScoreOf}. */
export function unclusteredScoreOf(clustered: number): number {
  if (clustered <= 0) return 0;
  return 100 / (1 + Math.sqrt((100 - clustered) / clustered));
}

/** A score 0–100 as a whole number 1–10: each tenth of the scale is one number, 10 the top. */
export function tenPointScoreOf(score: number): number {
  return Math.max(1, Math.min(10, 1 + Math.floor(score / 10)));
}

/** The published form of an engagement score 0–100 under a model: clustered and on the model's scale. */
export function publishedFormOf(score: number, model: CompiledModel): number {
  const { scale, isClustered } = model.document.engagement.published ?? LIVE;
  const moved = isClustered ? clusteredScoreOf(score) : score;
  return scale === 'ten' ? tenPointScoreOf(moved) : moved;
}

/**
 * Which refresh holds at `at` (ms). They happen at 00:00 UTC, every so many weeks from the day of the model's landmark,
 * for all leads at once; a live number is as of `at` itself.
 */
export function refreshAt(at: number, model: CompiledModel): Refresh {
  const { refreshWeeks } = model.document.engagement.published ?? LIVE;
  if (refreshWeeks === undefined) return { weeks: null, at, previousAt: null, nextAt: null };
  const period = refreshWeeks * WEEK_MS;
  const anchor = dayOf(model.landmarkMs) * DAY_MS;
  const last = anchor + Math.floor((at - anchor) / period) * period;
  return { weeks: refreshWeeks, at: last, previousAt: last - period, nextAt: last + period };
}

/**
 * What a model publishes of a lead at `at` (ms): the score as of the latest refresh, from the events before it. It stays
 * as it is until the next, whatever happens in between; only an event that arrives late, for a time before the refresh,
 * corrects it. Live without a refresh cadence.
 */
export function publishedValueAt(profile: Profile, at: number, model: CompiledModel): PublishedScore {
  const refresh = refreshAt(at, model);
  const untilDay = refresh.weeks === null ? undefined : dayOf(refresh.at) - 1;
  const course = model.decay.courseOf(profile, model, untilDay);
  if (course === null) return { value: null, band: null, refresh };
  const score = scoreOfPoints(course.valueAt(refresh.at), model);
  return { value: publishedFormOf(score, model), band: bandOf(score, model), refresh };
}
