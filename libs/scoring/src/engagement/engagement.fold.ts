import type { CompiledModel } from '../model/model.compile';
import { timesPowerOfTwo } from '../numeric/exponent';
import { DAY_MS, type Profile } from '../profile';
import {
  bucketsOf,
  decayOverDays,
  type FoldedShare,
  foldGroup,
  foldSignal,
  growthInDay,
  type SignalShare,
} from './signal.fold';

/**
 * Where a lead stands after its latest signal, from which every later instant follows by decay alone.
 * `net` and the shares' points are as of `lastAt` (ms); `rank` the same as of the model's landmark.
 */
export interface Standing {
  shares: readonly SignalShare[];
  lastAt: number;
  net: number;
  rank: number;
}

/** Half-lives from the landmark within which a rank keeps full precision; beyond, points come from `net`. */
export const RANK_REACH = 850;

/**
 * Folds a profile's day buckets into a standing; null without any signal.
 * `untilDay` (whole days since the epoch, inclusive) leaves out what came later.
 * Forward decay: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay: A Practical Time Decay Model for Streaming
 * Systems", ICDE 2009. Positive and negative signals are summed apart, because they share the half-life.
 */
export function standingOf(
  profile: Profile,
  model: CompiledModel,
  untilDay = Number.POSITIVE_INFINITY,
): Standing | null {
  const shares: FoldedShare[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  for (const signal of model.loneSignals) {
    const share = foldSignal(signal, bucketsOf(profile, signal.definition.key), model, untilDay);
    if (share !== null) shares.push(share);
  }
  for (const group of model.groups) shares.push(...foldGroup(group, profile, model, untilDay));
  if (shares.length === 0) return null;
  for (const share of shares) lastAt = Math.max(lastAt, share.lastAt);
  const lastDay = dayOf(lastAt);
  const growth = growthInDay(lastDay, lastAt, model);
  let positive = 0;
  let negative = 0;
  for (const share of shares) {
    share.points *= decayOverDays(lastDay - share.asOfDay, model) / growth;
    if (share.points > 0) positive += share.points;
    else negative -= share.points;
  }
  const net = positive - negative;
  return { shares, lastAt, net, rank: timesPowerOfTwo(net, (lastAt - model.landmarkMs) / model.halfLifeMs) };
}

/** Points of a standing at `at` (ms); an instant before its latest signal reads as that signal's instant. */
export function standingPointsAt(standing: Standing, at: number, model: CompiledModel): number {
  const instant = Math.max(at, standing.lastAt);
  const isInReach = Math.abs(standing.lastAt - model.landmarkMs) < RANK_REACH * model.halfLifeMs;
  return isInReach
    ? timesPowerOfTwo(standing.rank, (model.landmarkMs - instant) / model.halfLifeMs)
    : timesPowerOfTwo(standing.net, (standing.lastAt - instant) / model.halfLifeMs);
}

/** UTC day of an instant: whole days since the epoch. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}
