import type { CompiledModel, CompiledSignal } from '../model/model.compile';
import type { DayBucket, Profile } from '../profile';
import { countUpTo } from '../profile/instant.list';
import type { AgePiece } from './aged.decay';
import { dayOf } from './engagement.fold';
import { bucketsOf } from './signal.fold';

/** Events of one signal as (instant, weight) with running sums, so that any stretch of ages is summed in O(log n). */
export class AgedTrack {
  readonly signal: CompiledSignal;
  /** Latest instant (ms) of the signal. */
  readonly lastAt: number;
  /** Instants (ms), ascending. */
  readonly instants: readonly number[];
  readonly #pieces: readonly AgePiece[];
  /** Σ weight and Σ weight · (instant − lastAt) of the first n events. */
  readonly #weights: Float64Array;
  readonly #moments: Float64Array;

  constructor(
    signal: CompiledSignal,
    lastAt: number,
    events: { instants: readonly number[]; weightOf: (instant: number) => number },
    pieces: readonly AgePiece[],
  ) {
    this.signal = signal;
    this.lastAt = lastAt;
    this.instants = events.instants;
    this.#pieces = pieces;
    this.#weights = new Float64Array(this.instants.length + 1);
    this.#moments = new Float64Array(this.instants.length + 1);
    this.instants.forEach((instant, index) => {
      const weight = events.weightOf(instant);
      this.#weights[index + 1] = (this.#weights[index] ?? 0) + weight;
      this.#moments[index + 1] = (this.#moments[index] ?? 0) + weight * (instant - lastAt);
    });
  }

  /** Points without sign and without the most points. */
  rawAt(at: number): number {
    return this.#pieces.reduce((sum, piece) => sum + this.#sumOf(piece, at), 0);
  }

  /** Points without sign, at most the signal's most points. */
  valueAt(at: number): number {
    return Math.min(this.signal.mostPoints, this.rawAt(at));
  }

  /** Events that are worth something at an instant or may be. */
  countAt(at: number, reachMs: number): number {
    return countUpTo(this.instants, at) - countUpTo(this.instants, at - reachMs);
  }

  /** Next instant after `at` at which an event passes from one piece to the next or out of the last; Infinity: none. */
  nextPassage(at: number): number {
    return this.#pieces.reduce((first, { untilMs }) => {
      const next = this.instants[countUpTo(this.instants, at - untilMs)];
      return next === undefined ? first : Math.min(first, next + untilMs);
    }, Number.POSITIVE_INFINITY);
  }

  #sumOf({ fromMs, untilMs, startShare, endShare }: AgePiece, at: number): number {
    const low = countUpTo(this.instants, at - untilMs);
    const high = countUpTo(this.instants, at - fromMs);
    const weight = (this.#weights[high] ?? 0) - (this.#weights[low] ?? 0);
    if (startShare === endShare) return weight * startShare;
    const moment = (this.#moments[high] ?? 0) - (this.#moments[low] ?? 0);
    const ages = (at - this.lastAt) * weight - moment;
    const sum = startShare * weight + ((endShare - startShare) * (ages - fromMs * weight)) / (untilMs - fromMs);
    return Math.max(0, sum);
  }
}

/**
 * A track for each signal that ever was. A profile built under an exponential model holds no instants: then each of a
 * day's events is taken to have happened at the day's last instant, until the profile is rebuilt.
 */
export function tracksOf(
  profile: Profile,
  model: CompiledModel,
  { pieces, untilDay }: { pieces: readonly AgePiece[]; untilDay: number },
): AgedTrack[] {
  const kept = profile.instants ?? instantsOfBuckets(profile.signals);
  return model.signals.flatMap((signal) => {
    const { key } = signal.definition;
    const buckets = bucketsOf(profile, key).filter(({ day }) => day <= untilDay);
    const latest = buckets[buckets.length - 1];
    if (latest === undefined) return [];
    const all = Object.hasOwn(kept, key) ? (kept[key] ?? []) : [];
    const instants = untilDay === Number.POSITIVE_INFINITY ? all : all.filter((instant) => dayOf(instant) <= untilDay);
    const counts = new Map(buckets.map(({ day, count }) => [day, count]));
    const weightOf = (instant: number): number =>
      signal.magnitude * Math.min(1, signal.dailyLimit / (counts.get(dayOf(instant)) ?? 1));
    return [new AgedTrack(signal, latest.last, { instants, weightOf }, pieces)];
  });
}

/** Each event of a day at the day's last instant. */
export function instantsOfBuckets(signals: Readonly<Record<string, readonly DayBucket[]>>): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(signals).map(([key, buckets]) => [
      key,
      buckets.flatMap(({ count, last }) => Array.from({ length: count }, () => last)),
    ]),
  );
}
