import type { CompiledModel, CompiledSignal } from '../model/model.compile';
import { negativeBinomialTail } from '../numeric/gamma.distribution';
import { DAY_MS, type DayBucket, type Profile } from '../profile';
import { dayOf } from './engagement.fold';
import { bucketsOf } from './signal.fold';

export const RECENT_DAYS = 3;
const BASELINE_DAYS = 28;
const WATCHED_DAYS = RECENT_DAYS + BASELINE_DAYS;
/** Before anything is seen a lead is taken to send one signal a week, and that belief weighs as much as one week. */
const PRIOR_SIGNALS = 1;
const PRIOR_DAYS = 7;
/** A spike is what the lead's own baseline brings about less than once in a thousand looks … */
const MOST_PROBABILITY = 0.001;
/** … and what is worth at least so much of the points of a score of 50, taken as fresh. */
const LEAST_SHARE_OF_HALF_SCORE = 0.4;

/** Counts of positive signals in the recent days and in the days before. */
interface Burst {
  recentCount: number;
  baselineCount: number;
}

/**
 * Whether a lead's activity spikes on the UTC day of an instant, and until when if nothing happens; see `spikeAt`.
 * What the recent days are worth is asked first: it looks at three days alone and settles most cases. Then whether their
 * count is usual for the lead whichever of these days is asked about, which settles most others.
 */
export class SpikeWatch {
  /** Whole days since the epoch. */
  readonly day: number;
  readonly isSpike: boolean;
  readonly #profile: Profile;
  readonly #model: CompiledModel;
  /** No spike on the day, nor on any later one if nothing happens. */
  readonly #isCalm: boolean;
  #counts: number[] | undefined;

  constructor(profile: Profile, at: number, model: CompiledModel) {
    this.day = dayOf(Math.max(at, profile.lastAt ?? at));
    this.#profile = profile;
    this.#model = model;
    // What is recent only grows less while nothing happens: too little for a spike today stays too little.
    this.#isCalm = !this.#isFreshEnoughOn(this.day) || !isRare(rarestBurst(profile, this.day, model));
    this.isSpike = !this.#isCalm && this.#isRareOn(this.day);
  }

  /** Earliest UTC midnight after the day at which `isSpike` differs if nothing happens; null: never. */
  get nextChangeAt(): number | null {
    if (this.#isCalm) return null;
    // After that many days nothing is recent any more, and nothing recent is never a spike.
    for (let day = this.day + 1; day <= this.day + RECENT_DAYS; day += 1) {
      if ((this.#isFreshEnoughOn(day) && this.#isRareOn(day)) !== this.isSpike) return day * DAY_MS;
    }
    return null;
  }

  /** What the day's verdict follows from. */
  reading(): { recentCount: number; expectedCount: number; probability: number } {
    const { recentCount, baselineCount } = this.#burstOn(this.day);
    const expectedCount = (RECENT_DAYS * (PRIOR_SIGNALS + baselineCount)) / (PRIOR_DAYS + BASELINE_DAYS);
    return { recentCount, expectedCount, probability: probabilityOf({ recentCount, baselineCount }) };
  }

  #isRareOn(day: number): boolean {
    return isRare(this.#burstOn(day));
  }

  /** Whether what a day's recent days brought is worth enough fresh. */
  #isFreshEnoughOn(day: number): boolean {
    const { loneSignals, groups, document } = this.#model;
    let fresh = freshPointsOf(loneSignals, day, this.#profile);
    for (const { signals, mostPoints } of groups) {
      fresh += Math.min(mostPoints, freshPointsOf(signals, day, this.#profile));
    }
    return fresh >= LEAST_SHARE_OF_HALF_SCORE * document.engagement.halfScorePoints;
  }

  /** The burst of the watch's day or of one after. */
  #burstOn(day: number): Burst {
    this.#counts ??= this.#countDays();
    const later = day - this.day;
    let recentCount = 0;
    let baselineCount = 0;
    for (let place = later; place < WATCHED_DAYS; place += 1) {
      const count = this.#counts[place] ?? 0;
      if (place < later + BASELINE_DAYS) baselineCount += count;
      else recentCount += count;
    }
    return { recentCount, baselineCount };
  }

  /** Positive signals of each watched day, the watch's own day last. */
  #countDays(): number[] {
    const counts = Array.from({ length: WATCHED_DAYS }, () => 0);
    const first = this.day - WATCHED_DAYS + 1;
    for (const signal of this.#model.signals) {
      const buckets = positiveBucketsOf(this.#profile, signal);
      for (let index = buckets.length - 1; index >= 0; index -= 1) {
        const bucket = buckets[index];
        if (bucket === undefined || bucket.day < first) break;
        const place = Math.min(bucket.day - first, WATCHED_DAYS - 1);
        counts[place] = (counts[place] ?? 0) + bucket.count;
      }
    }
    return counts;
  }
}

const none: readonly DayBucket[] = [];

function positiveBucketsOf(profile: Profile, signal: CompiledSignal): readonly DayBucket[] {
  return signal.isNegative || signal.magnitude === 0 ? none : bucketsOf(profile, signal.definition.key);
}

/** What the events of a day's recent days are worth fresh (points). */
function freshPointsOf(signals: readonly CompiledSignal[], day: number, profile: Profile): number {
  let fresh = 0;
  for (const signal of signals) {
    const buckets = positiveBucketsOf(profile, signal);
    let counted = 0;
    for (let index = buckets.length - 1; index >= 0; index -= 1) {
      const bucket = buckets[index];
      if (bucket === undefined || bucket.day <= day - RECENT_DAYS) break;
      counted += Math.min(bucket.count, signal.dailyLimit);
    }
    if (counted > 0) fresh += Math.min(signal.mostPoints, signal.magnitude * counted);
  }
  return fresh;
}

/**
 * A burst at least as rare as that of the day and of any later one: all that is recent on the day, against only the
 * days that are before it on each day on which any of that still is recent.
 */
function rarestBurst(profile: Profile, day: number, model: CompiledModel): Burst {
  const recentFrom = day - RECENT_DAYS + 1;
  const baselineFrom = recentFrom - BASELINE_DAYS + RECENT_DAYS;
  let recentCount = 0;
  let baselineCount = 0;
  for (const signal of model.signals) {
    const buckets = positiveBucketsOf(profile, signal);
    for (let index = buckets.length - 1; index >= 0; index -= 1) {
      const bucket = buckets[index];
      if (bucket === undefined || bucket.day < baselineFrom) break;
      if (bucket.day >= recentFrom) recentCount += bucket.count;
      else baselineCount += bucket.count;
    }
  }
  return { recentCount, baselineCount };
}

function isRare(burst: Burst): boolean {
  return probabilityOf(burst) < MOST_PROBABILITY;
}

function probabilityOf({ recentCount, baselineCount }: Burst): number {
  const share = RECENT_DAYS / (PRIOR_DAYS + BASELINE_DAYS + RECENT_DAYS);
  return negativeBinomialTail(recentCount, PRIOR_SIGNALS + baselineCount, share);
}
