import type { CompiledGroup, CompiledModel } from '../model/model.compile';
import { firstInstantBetween } from '../numeric/first.instant';
import type { AgePiece } from './aged.decay';
import type { AgedTrack } from './aged.track';
import type { Crossing, PointsCourse } from './points.course';
import type { SignalShare } from './signal.fold';

/** The tracks of a group with its limit; a signal of its own has none. */
interface Unit {
  tracks: readonly AgedTrack[];
  mostPoints: number;
}

/** Points over time where an event's worth depends on its age alone: sums over the instants that were kept. */
export class AgedCourse implements PointsCourse {
  readonly lastAt: number;
  readonly hadWorth: boolean;
  readonly #units: readonly Unit[];
  readonly #tracks: readonly AgedTrack[];
  readonly #reachMs: number;
  readonly #isSloped: boolean;

  constructor(
    tracks: readonly AgedTrack[],
    model: CompiledModel,
    shape: { pieces: readonly AgePiece[]; reachMs: number },
  ) {
    this.#tracks = tracks;
    this.#units = unitsOf(tracks, model.groups);
    this.#reachMs = shape.reachMs;
    this.#isSloped = shape.pieces.some(({ startShare, endShare }) => startShare !== endShare);
    this.hadWorth = tracks.some(({ signal }) => !signal.isNegative && signal.magnitude > 0);
    this.lastAt = tracks.reduce((latest, track) => Math.max(latest, track.lastAt), Number.NEGATIVE_INFINITY);
  }

  valueAt(at: number): number {
    const instant = Math.max(at, this.lastAt);
    let positive = 0;
    let negative = 0;
    for (const { tracks, mostPoints } of this.#units) {
      const points = Math.min(mostPoints, sumAt(tracks, instant));
      if (tracks.some(({ signal }) => signal.isNegative)) negative += points;
      else positive += points;
    }
    return positive - negative;
  }

  sharesAt(at: number): SignalShare[] {
    const instant = Math.max(at, this.lastAt);
    return this.#units.flatMap(({ tracks, mostPoints }) => {
      const sum = sumAt(tracks, instant);
      const part = sum > mostPoints ? mostPoints / sum : 1;
      return tracks.flatMap((track) => {
        const { signal, lastAt } = track;
        const count = track.countAt(instant, this.#reachMs);
        const points = track.valueAt(instant) * part;
        return count === 0 ? [] : [{ signal, count, points: signal.isNegative ? -points : points, lastAt }];
      });
    });
  }

  nextChange(at: number): number | null {
    const instant = Math.max(at, this.lastAt);
    const passages = this.#tracks.map((track) => track.nextPassage(instant));
    const next = Math.min(...passages, ...this.#limitsLeft().filter((limit) => limit > instant));
    return Number.isFinite(next) ? next : null;
  }

  crossing(at: number, { isCrossed }: Crossing): number | null {
    const start = Math.max(at, this.lastAt);
    const isPast = (instant: number): boolean => isCrossed(this.valueAt(instant));
    if (isPast(start)) return null;
    const end = this.lastAt + this.#reachMs;
    if (this.#tracks.every(({ signal }) => !signal.isNegative)) {
      return start < end && isPast(end) ? firstInstantBetween(start, end, isPast) : null;
    }
    let before = start;
    for (const change of this.#changesAfter(start)) {
      // In between the course is straight: what is not crossed at either end is not crossed inside.
      if (change - 1 > before && isPast(change - 1)) return firstInstantBetween(before, change - 1, isPast);
      if (isPast(change)) return change;
      before = change;
    }
    return null;
  }

  *#changesAfter(start: number): Generator<number> {
    const limits = this.#limitsLeft();
    for (let at = start; ;) {
      const passage = Math.min(...this.#tracks.map((track) => track.nextPassage(at)));
      const next = Math.min(passage, ...limits.filter((limit) => limit > at));
      if (!Number.isFinite(next)) return;
      yield next;
      at = next;
    }
  }

  /**
   * Instants around which a limit is left on a slope: there the course bends. On either side of the exact instant, which
   * lies between two ms, so that what is between two changes is straight.
   */
  #limitsLeft(): number[] {
    if (!this.#isSloped) return [];
    const end = this.lastAt + this.#reachMs;
    const limited = [
      ...this.#tracks.map((track) => ({ most: track.signal.mostPoints, valueAt: (at: number) => track.rawAt(at) })),
      ...this.#units.map(({ tracks, mostPoints }) => ({
        most: mostPoints,
        valueAt: (at: number) => sumAt(tracks, at),
      })),
    ];
    return limited.flatMap(({ most, valueAt }) => {
      if (valueAt(this.lastAt) <= most) return [];
      const left = firstInstantBetween(this.lastAt, end, (at) => valueAt(at) < most);
      return [left - 1, left];
    });
  }
}

function sumAt(tracks: readonly AgedTrack[], at: number): number {
  return tracks.reduce((sum, track) => sum + track.valueAt(at), 0);
}

function unitsOf(tracks: readonly AgedTrack[], groups: readonly CompiledGroup[]): Unit[] {
  const grouped = groups.map(({ signals, mostPoints }) => ({
    mostPoints,
    tracks: tracks.filter(({ signal }) => signals.includes(signal)),
  }));
  const inGroup = new Set(grouped.flatMap((unit) => unit.tracks));
  const lone = tracks.filter((track) => !inGroup.has(track));
  return [
    ...lone.map((track) => ({ mostPoints: Number.POSITIVE_INFINITY, tracks: [track] })),
    ...grouped.filter((unit) => unit.tracks.length > 0),
  ];
}
