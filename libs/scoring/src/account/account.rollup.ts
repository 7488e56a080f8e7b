import { contributionsAt } from '../engagement/engagement.explain';
import { bandIndexOf, engagementPointsAt, engagementRank, scoreOfPoints } from '../engagement/engagement.rank';
import { fitVerdictOf } from '../fit/fit.score';
import type { CompiledModel } from '../model/model.compile';
import { priorityOf } from '../priority/priority.score';
import type { LeadAttributes, Profile } from '../profile';
import type { Contribution } from '../score';

/** One of an account's people. `id` is the caller's. */
export interface AccountPerson {
  id: string;
  profile: Profile;
  attributes: LeadAttributes;
}

/** The person to turn to first. */
export interface BestContact {
  id: string;
  priority: number;
  score: number;
}

/** How many of an account's people are in a band. */
export interface BandCount {
  /** Null: no score. */
  band: string | null;
  label: string;
  people: number;
}

/** An account's standing at an instant: its people's, summed. */
export interface AccountScore {
  at: number;
  people: number;
  /** Sum of its people's ranks: it decays as theirs do. Null while nobody has a score. */
  rank: number | null;
  points: number;
  /** The points as an engagement score 0–100, on the scale of a single lead. */
  score: number;
  band: string | null;
  bestContact: BestContact | null;
  /** Every band from the top, then "no score"; the buying group is whoever is in the upper ones. */
  byBand: BandCount[];
  /** Each signal's share, over all people. They add up to the points. */
  contributions: Contribution[];
  lastActivityAt: number | null;
}

/** One person's numbers. */
interface Reading {
  id: string;
  rank: number | null;
  points: number;
  bandIndex: number | null;
  score: number;
  priority: number;
}

/**
 * Rolls an account's people up at `at` (ms). Points add up, and a sum of decaying points decays alike, so under an
 * exponential model the account has a static rank of its own. Somebody whose points are below 0 counts 0: one person's
 * complaint does not hide another's request. Which account an event belongs to (its own group before the lead's
 * membership) is decided where events come in.
 */
export function accountScoreAt(people: readonly AccountPerson[], at: number, model: CompiledModel): AccountScore {
  const readings = people.map((person) => readingOf(person, at, model));
  const rated = readings.filter(({ rank }) => rank !== null);
  const points = rated.reduce((sum, reading) => sum + Math.max(0, reading.points), 0);
  const score = scoreOfPoints(points, model);
  const { bands } = model.document.engagement;
  return {
    at,
    people: people.length,
    rank: rated.length === 0 ? null : rated.reduce((sum, { rank }) => sum + Math.max(0, rank ?? 0), 0),
    points,
    score,
    band: rated.length === 0 ? null : (bands[bandIndexOf(score, model)]?.key ?? null),
    bestContact: bestOf(readings),
    byBand: bandCounts(readings, model),
    contributions: contributionsOf(people, at, model),
    lastActivityAt: people.reduce((last: number | null, { profile }) => latest(last, profile.lastAt), null),
  };
}

function readingOf({ id, profile, attributes }: AccountPerson, at: number, model: CompiledModel): Reading {
  const rank = engagementRank(profile, model, at);
  const points = engagementPointsAt(profile, at, model) ?? 0;
  const score = scoreOfPoints(points, model);
  const bandIndex = rank === null ? null : bandIndexOf(score, model);
  const priority = priorityOf(fitVerdictOf(attributes, model), score, bandIndex, model).value;
  return { id, rank, points, bandIndex, score, priority };
}

/** The highest priority; of equals the more engaged, then the first in the list. Nobody without a score. */
function bestOf(readings: readonly Reading[]): BestContact | null {
  const rated = readings.filter(({ rank }) => rank !== null);
  const [best] = [...rated].sort((one, other) => other.priority - one.priority || other.points - one.points);
  return best === undefined ? null : { id: best.id, priority: best.priority, score: best.score };
}

function bandCounts(readings: readonly Reading[], { document }: CompiledModel): BandCount[] {
  const peopleIn = (index: number | null): number => readings.filter(({ bandIndex }) => bandIndex === index).length;
  return [
    ...document.engagement.bands.map(({ key, label }, index) => ({ band: key, label, people: peopleIn(index) })),
    { band: null, label: 'No score', people: peopleIn(null) },
  ];
}

function contributionsOf(people: readonly AccountPerson[], at: number, model: CompiledModel): Contribution[] {
  const sums = new Map<string, Contribution>();
  for (const { profile } of people) {
    const own = contributionsAt(profile, at, model);
    if (own.reduce((sum, { points }) => sum + points, 0) <= 0) continue;
    for (const part of own) sums.set(part.signal, joined(sums.get(part.signal), part));
  }
  return [...sums.values()].sort((one, other) => other.points - one.points);
}

function joined(before: Contribution | undefined, part: Contribution): Contribution {
  if (before === undefined) return part;
  return {
    ...before,
    count: before.count + part.count,
    points: before.points + part.points,
    lastAt: Math.max(before.lastAt, part.lastAt),
  };
}

function latest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}
