import {
  DAY_MS,
  contributionsAt,
  engagementRank,
  pointsAt,
  roundContributions,
  scoreOfPoints,
  type CompiledModel,
  type Profile,
} from '@rekindle/scoring';

/** First millisecond of the UTC day of an instant. */
export const startOfDay = (instant: number): number => Math.floor(instant / DAY_MS) * DAY_MS;

/**
 * The engagement part of a profile as it was at a UTC midnight. Profiles keep whole UTC days, so this is exact and
 * needs no events.
 */
function atMidnight(profile: Profile, midnight: number): Profile {
  const today = midnight / DAY_MS;
  const signals = Object.entries(profile.signals).map(
    ([key, days]) => [key, days.filter(({ day }) => day < today)] as const,
  );
  return { ...profile, signals: Object.fromEntries(signals.filter(([, days]) => days.length > 0)) };
}

/** Engagement at one instant of a history: at a past midnight as it was, now and later as the profile says. */
export interface EngagementPoint {
  at: number;
  score: number;
  points: number;
  isForecast: boolean;
  bySignal: Record<string, number>;
}

function pointOf(profile: Profile, at: number, model: CompiledModel, isForecast: boolean): EngagementPoint {
  const points = pointsAt(engagementRank(profile, model), at, model);
  const shares = roundContributions(contributionsAt(profile, at, model), 4);
  const bySignal = Object.fromEntries(shares.map((share) => [share.signal, share.points]));
  return { at, points, score: scoreOfPoints(points, model), isForecast, bySignal };
}

/** Score over time: each of the last `days` midnights, now, and `forecastDays` midnights to come. */
export function engagementHistory(
  profile: Profile,
  now: number,
  model: CompiledModel,
  span: { days: number; forecastDays: number },
): EngagementPoint[] {
  const today = startOfDay(now);
  const past = Array.from({ length: span.days }, (_, index) => today - (span.days - 1 - index) * DAY_MS);
  const future = Array.from({ length: span.forecastDays }, (_, index) => today + (index + 1) * DAY_MS);
  return [
    ...past.map((at) => pointOf(atMidnight(profile, at), at, model, false)),
    pointOf(profile, now, model, false),
    ...future.map((at) => pointOf(profile, at, model, true)),
  ];
}

/** Score at the end of each of the last `days` UTC days, oldest first; of the day under way, now. */
export function scoreSpark(profile: Profile, now: number, model: CompiledModel, days = 14): number[] {
  const today = startOfDay(now);
  const scoreOf = (part: Profile, at: number) => scoreOfPoints(pointsAt(engagementRank(part, model), at, model), model);
  const past = Array.from({ length: days - 1 }, (_, index) => today - (days - 2 - index) * DAY_MS);
  return [...past.map((at) => scoreOf(atMidnight(profile, at), at)), scoreOf(profile, now)];
}
