import type { CompiledModel } from '../model/model.compile';
import { timesPowerOfTwo } from '../numeric/exponent';
import { firstInstantWhere } from '../numeric/first.instant';
import { type Standing, standingOf, standingPointsAt } from './engagement.fold';
import type { Crossing, DecayStrategy, PointsCourse } from './points.course';
import type { SignalShare } from './signal.fold';

/** An event halves in worth every half-life (ms). Folded from day buckets; its course follows from one standing. */
export function exponentialDecay(halfLifeMs: number): DecayStrategy {
  return {
    kind: 'exponential',
    hasStaticRank: true,
    isSloped: false,
    reachMs: Number.POSITIVE_INFINITY,
    shareAt: (ageMs) => 2 ** (-ageMs / halfLifeMs),
    courseOf: (profile, model, untilDay) => {
      const standing = standingOf(profile, model, untilDay);
      return standing === null ? null : new ExponentialCourse(standing, model);
    },
  };
}

class ExponentialCourse implements PointsCourse {
  readonly lastAt: number;
  readonly hadWorth: boolean;
  readonly #standing: Standing;
  readonly #model: CompiledModel;

  constructor(standing: Standing, model: CompiledModel) {
    this.lastAt = standing.lastAt;
    this.hadWorth = standing.net > 0;
    this.#standing = standing;
    this.#model = model;
  }

  valueAt(at: number): number {
    return standingPointsAt(this.#standing, at, this.#model);
  }

  sharesAt(at: number): SignalShare[] {
    const halfLives = Math.max(0, at - this.lastAt) / this.#model.halfLifeMs;
    return this.#standing.shares.map(({ signal, count, points, lastAt }) => ({
      signal,
      count,
      points: timesPowerOfTwo(points, -halfLives),
      lastAt,
    }));
  }

  nextChange(): null {
    return null;
  }

  crossing(at: number, { points, isCrossed }: Crossing): number | null {
    const { net } = this.#standing;
    const isPast = (instant: number): boolean => isCrossed(this.valueAt(instant));
    if (net <= 0 || points <= 0 || isPast(at)) return null;
    const halfLives = Math.log2(net) - Math.log2(points);
    return firstInstantWhere(this.lastAt + this.#model.halfLifeMs * halfLives, isPast);
  }
}
