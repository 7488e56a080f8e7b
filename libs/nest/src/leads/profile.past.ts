import {
  DAY_MS,
  contributionsAt,
  emptyProfile,
  engagementPointsAt,
  profileWith,
  roundContributions,
  scoreOfPoints,
  type CompiledModel,
  type Profile,
  type ScoringEvent,
} from '@rekindle/scoring';

/** First millisecond of the UTC day of an instant. */
export const startOfDay = (instant: number): number => Math.floor(instant / DAY_MS) * DAY_MS;

/** The engagement part of a profile as it was at a UTC midnight (epoch ms). */
export type ProfileAtMidnight = (midnight: number) => Profile;

function someOf<T>(lists: Readonly<Record<string, readonly T[]>>, isKept: (one: T) => boolean): Record<string, T[]> {
  const kept = Object.entries(lists).map(([key, list]) => [key, list.filter(isKept)] as const);
  return Object.fromEntries(kept.filter(([, list]) => list.length > 0));
}

/**
 * The past that a profile holds itself. Whole UTC days are kept for ever: exact, and in need of no events. The instants
 * other than exponential decays ask for are kept for two weeks besides what still counts.
 */
export function keptPast(profile: Profile): ProfileAtMidnight {
  return (midnight) => {
    const past = { ...profile, signals: someOf(profile.signals, ({ day }) => day < midnight / DAY_MS) };
    return profile.instants === undefined
      ? past
      : { ...past, instants: someOf(profile.instants, (instant) => instant < midnight) };
  };
}

/** The past of a lead from all its events, ascending; to be asked for midnights that ascend, too. */
export function toldPast(events: readonly ScoringEvent[], model: CompiledModel): ProfileAtMidnight {
  let profile = emptyProfile();
  let taken = 0;
  return (midnight) => {
    const next = events.findIndex(({ at }, index) => index >= taken && at >= midnight);
    const until = next === -1 ? events.length : next;
    profile = profileWith(profile, events.slice(taken, until), model);
    taken = until;
    return profile;
  };
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
  const points = engagementPointsAt(profile, at, model) ?? 0;
  const shares = roundContributions(contributionsAt(profile, at, model), 4);
  const bySignal = Object.fromEntries(shares.map((share) => [share.signal, share.points]));
  return { at, points, score: scoreOfPoints(points, model), isForecast, bySignal };
}

/** Score over time: each of the last `days` midnights, now, and `forecastDays` midnights to come. */
export function engagementHistory(
  { profile, profileAt }: { profile: Profile; profileAt: ProfileAtMidnight },
  now: number,
  model: CompiledModel,
  span: { days: number; forecastDays: number },
): EngagementPoint[] {
  const today = startOfDay(now);
  const past = Array.from({ length: span.days }, (_, index) => today - (span.days - 1 - index) * DAY_MS);
  const future = Array.from({ length: span.forecastDays }, (_, index) => today + (index + 1) * DAY_MS);
  return [
    ...past.map((at) => pointOf(profileAt(at), at, model, false)),
    pointOf(profile, now, model, false),
    ...future.map((at) => pointOf(profile, at, model, true)),
  ];
}

/** Score at the end of each of the last `days` UTC days, oldest first; of the day under way, now. */
export function scoreSpark(profile: Profile, now: number, model: CompiledModel, days = 14): number[] {
  const today = startOfDay(now);
  const scoreOf = (part: Profile, at: number) => scoreOfPoints(engagementPointsAt(part, at, model) ?? 0, model);
  const profileAt = keptPast(profile);
  const past = Array.from({ length: days - 1 }, (_, index) => today - (days - 2 - index) * DAY_MS);
  return [...past.map((at) => scoreOf(profileAt(at), at)), scoreOf(profile, now)];
}
