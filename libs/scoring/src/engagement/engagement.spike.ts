import type { CompiledModel, CompiledSignal } from '../model/model.compile';
import { negativeBinomialTail } from '../numeric/gamma.distribution';
import { DAY_MS, type Profile } from '../profile';
import type { Spike, SpikeCause } from '../score';
import { dayOf } from './engagement.fold';
import { bucketsOf } from './signal.fold';
import { contributionsAt } from './engagement.explain';

const RECENT_DAYS = 3;
const BASELINE_DAYS = 28;
/** Before anything is seen a lead is taken to send one signal a week, and that belief weighs as much as one week. */
const PRIOR_SIGNALS = 1;
const PRIOR_DAYS = 7;
/** A spike is what the lead's own baseline brings about less than once in a thousand looks … */
const MOST_PROBABILITY = 0.001;
/** … and what is worth at least so much of the points of a score of 50, taken as fresh. */
const LEAST_SHARE_OF_HALF_SCORE = 0.4;
const MOST_CAUSES = 3;

/** What a day's window holds: counts of positive signals, and what the recent ones are worth fresh (points). */
interface Burst {
  recentCount: number;
  baselineCount: number;
  freshPoints: number;
}

/**
 * The last 3 UTC days (`at`'s day included) against the lead's own 28 days before, counting positive signals.
 * With a Gamma(1, 7 days) prior on the daily rate, n signals in the baseline make the next 3 days' count negative
 * binomial with shape 1 + n and share 3 / (7 + 28 + 3) (Gelman et al., Bayesian Data Analysis, § 2.6); a spike is a
 * count whose tail is below 0.001 and whose fresh points matter. Only events and UTC midnights change the verdict.
 */
export function spikeAt(profile: Profile, at: number, model: CompiledModel): Spike {
  const day = dayOfSpike(profile, at);
  const burst = burstOn(day, profile, model);
  const probability = probabilityOf(burst);
  const isSpike = isBurstSpike(burst, probability, model);
  return {
    isSpike,
    probability,
    recentCount: burst.recentCount,
    expectedCount: (RECENT_DAYS * (PRIOR_SIGNALS + burst.baselineCount)) / (PRIOR_DAYS + BASELINE_DAYS),
    causes: isSpike ? causesOf(profile, at, day, model) : [],
  };
}

/** The verdict of {@link spikeAt} alone, without its explanation: a fraction of the cost. */
export function isSpikeAt(profile: Profile, at: number, model: CompiledModel): boolean {
  const day = dayOfSpike(profile, at);
  return isFreshEnough(day, profile, model) && isBurst(burstOn(day, profile, model), model);
}

/** Whether the recent days are worth enough for a spike, which looks at three days alone and settles most cases. */
function isFreshEnough(day: number, profile: Profile, model: CompiledModel): boolean {
  return burstOn(day, profile, model, 0).freshPoints >= leastPointsOf(model);
}

/** Earliest UTC midnight after `at` at which `isSpike` differs if nothing happens; null: never. */
export function nextSpikeChangeAt(profile: Profile, at: number, model: CompiledModel): number | null {
  const today = dayOfSpike(profile, at);
  // What is recent only grows less while nothing happens: too little for a spike today is too little on every day after.
  if (!isFreshEnough(today, profile, model)) return null;
  let before = burstOn(today, profile, model);
  const isSpike = isBurst(before, model);
  // After that many days nothing is recent any more, and nothing recent is never a spike.
  for (let day = today + 1; day <= today + RECENT_DAYS; day += 1) {
    const burst = burstOn(day, profile, model);
    if (!isSameBurst(burst, before) && isBurst(burst, model) !== isSpike) return day * DAY_MS;
    before = burst;
  }
  return null;
}

function isSameBurst(one: Burst, other: Burst): boolean {
  const { recentCount, baselineCount, freshPoints } = other;
  return one.recentCount === recentCount && one.baselineCount === baselineCount && one.freshPoints === freshPoints;
}

function isBurst(burst: Burst, model: CompiledModel): boolean {
  return burst.freshPoints >= leastPointsOf(model) && probabilityOf(burst) < MOST_PROBABILITY;
}

function dayOfSpike(profile: Profile, at: number): number {
  return dayOf(Math.max(at, profile.lastAt ?? at));
}

function isBurstSpike(burst: Burst, probability: number, model: CompiledModel): boolean {
  return probability < MOST_PROBABILITY && burst.freshPoints >= leastPointsOf(model);
}

function leastPointsOf(model: CompiledModel): number {
  return LEAST_SHARE_OF_HALF_SCORE * model.document.engagement.halfScorePoints;
}

function probabilityOf({ recentCount, baselineCount }: Burst): number {
  const share = RECENT_DAYS / (PRIOR_DAYS + BASELINE_DAYS + RECENT_DAYS);
  return negativeBinomialTail(recentCount, PRIOR_SIGNALS + baselineCount, share);
}

/** The burst of a day, its baseline counted over so many days; with 0 only what is recent. */
function burstOn(day: number, profile: Profile, model: CompiledModel, baselineDays = BASELINE_DAYS): Burst {
  const burst: Burst = { recentCount: 0, baselineCount: 0, freshPoints: 0 };
  const range = { recentAfter: day - RECENT_DAYS, baselineAfter: day - RECENT_DAYS - baselineDays };
  for (const signal of model.loneSignals) addSignal(burst, signal, range, profile);
  for (const { signals, mostPoints } of model.groups) {
    const before = burst.freshPoints;
    for (const signal of signals) addSignal(burst, signal, range, profile);
    burst.freshPoints = before + Math.min(mostPoints, burst.freshPoints - before);
  }
  return burst;
}

/** The UTC days after which something is recent, and counts for the baseline. */
interface BurstRange {
  recentAfter: number;
  baselineAfter: number;
}

function addSignal(burst: Burst, signal: CompiledSignal, range: BurstRange, profile: Profile): void {
  if (signal.isNegative || signal.magnitude === 0) return;
  const buckets = bucketsOf(profile, signal);
  let counted = 0;
  for (let index = buckets.length - 1; index >= 0; index -= 1) {
    const bucket = buckets[index];
    if (bucket === undefined || bucket.day <= range.baselineAfter) break;
    if (bucket.day <= range.recentAfter) {
      burst.baselineCount += bucket.count;
    } else {
      burst.recentCount += bucket.count;
      counted += Math.min(bucket.count, signal.dailyLimit);
    }
  }
  burst.freshPoints += Math.min(signal.mostPoints, signal.magnitude * counted);
}

/** The signals that gained most by the recent days: points with them less points without, at `at`. */
function causesOf(profile: Profile, at: number, day: number, model: CompiledModel): SpikeCause[] {
  const recentFrom = day - RECENT_DAYS + 1;
  const before = model.decay.courseOf(profile, model, recentFrom - 1)?.sharesAt(at) ?? [];
  const causes = contributionsAt(profile, at, model).map(({ signal, label, points }) => {
    const earlier = before.find((share) => share.signal.definition.key === signal);
    const buckets = profile.signals[signal] ?? [];
    const count = buckets.reduce((sum, bucket) => sum + (bucket.day >= recentFrom ? bucket.count : 0), 0);
    return { signal, label, count, points: points - (earlier?.points ?? 0) };
  });
  return causes
    .filter(({ count, points }) => count > 0 && points > 0)
    .sort((left, right) => right.points - left.points)
    .slice(0, MOST_CAUSES);
}
