import type { DecaySettings } from '../model/model.schema';
import { DAY_MS } from '../profile';
import { AgedCourse } from './aged.course';
import { tracksOf } from './aged.track';
import type { DecayStrategy } from './points.course';

/** A stretch of ages (ms, from inclusive, until exclusive) over which the worth goes evenly from one share to another. */
export interface AgePiece {
  fromMs: number;
  untilMs: number;
  startShare: number;
  endShare: number;
}

type AgedSettings = Exclude<DecaySettings, { kind: 'exponential' }>;

/**
 * Decays that end: a window, a straight line, steps. The worth of an event depends on its age in a way no static number
 * can rank, so its exact instant is kept (`Profile.instants`) and points are sums over ages. Most points, of a signal
 * and of a group, hold at the instant of reading; a daily limit shares a UTC day's events out, as under any decay.
 */
export function agedDecay(settings: AgedSettings): DecayStrategy {
  const pieces = piecesOf(settings);
  const reachMs = pieces[pieces.length - 1]?.untilMs ?? 0;
  return {
    kind: settings.kind,
    hasStaticRank: false,
    isSloped: pieces.some(({ startShare, endShare }) => startShare !== endShare),
    reachMs,
    shareAt: (ageMs) => shareAt(pieces, ageMs),
    courseOf: (profile, model, untilDay = Number.POSITIVE_INFINITY) => {
      const tracks = tracksOf(profile, model, { pieces, untilDay });
      return tracks.length === 0 ? null : new AgedCourse(tracks, model, { pieces, reachMs });
    },
  };
}

function piecesOf(settings: AgedSettings): AgePiece[] {
  switch (settings.kind) {
    case 'window':
      return [{ fromMs: 0, untilMs: settings.days * DAY_MS, startShare: 1, endShare: 1 }];
    case 'linear':
      return [{ fromMs: 0, untilMs: settings.days * DAY_MS, startShare: 1, endShare: 0 }];
    case 'step':
      return settings.steps.map(({ untilDays, percent }, index) => ({
        fromMs: (settings.steps[index - 1]?.untilDays ?? 0) * DAY_MS,
        untilMs: untilDays * DAY_MS,
        startShare: percent / 100,
        endShare: percent / 100,
      }));
  }
}

function shareAt(pieces: readonly AgePiece[], ageMs: number): number {
  const piece = pieces.find(({ fromMs, untilMs }) => ageMs >= fromMs && ageMs < untilMs);
  if (piece === undefined) return 0;
  const { fromMs, untilMs, startShare, endShare } = piece;
  return startShare + ((endShare - startShare) * (ageMs - fromMs)) / (untilMs - fromMs);
}
