import type { CompiledModel } from '../model/model.compile';
import type { Profile } from '../profile';
import type { SignalShare } from './signal.fold';

/** What a course is asked to cross: the points at which, and the test of points that then turns true for good. */
export interface Crossing {
  points: number;
  isCrossed: (points: number) => boolean;
}

/**
 * A lead's points over time if nothing happens: what every decay strategy makes of a profile. Instants are epoch ms;
 * one before `lastAt` (the latest signal) reads as `lastAt`.
 */
export interface PointsCourse {
  readonly lastAt: number;
  /**
   * Whether a value of nothing has faded, not always been nothing: the net of all signals is above 0 (exponential); there
   * was a positive signal (all others, where what faded is forgotten).
   */
  readonly hadWorth: boolean;
  valueAt: (at: number) => number;
  /** Each signal's share of the value; they add up to it. */
  sharesAt: (at: number) => SignalShare[];
  /**
   * Next instant after `at` at which the course may leave its smooth run by a jump or a bend; in between it is constant
   * (window, step), straight (linear) or halves every half-life (exponential). Null: never.
   */
  nextChange: (at: number) => number | null;
  /** First instant after `at` at which the test is true; null when it is true at `at` or never becomes true. */
  crossing: (at: number, crossing: Crossing) => number | null;
}

/** One way in which events lose worth. */
export interface DecayStrategy {
  readonly kind: 'exponential' | 'window' | 'linear' | 'step';
  /** Whether a lead has one number that ranks it at every instant while no event arrives. */
  readonly hasStaticRank: boolean;
  /** Whether points fall evenly between changes; else they stay (or halve, with a static rank). */
  readonly isSloped: boolean;
  /** Age (ms) from which an event is worth nothing. */
  readonly reachMs: number;
  /** The part of its weight, 0–1, an event of this age (ms, from 0) is worth. */
  shareAt: (ageMs: number) => number;
  /** A profile's course; null without any signal. `untilDay` (UTC day, inclusive) leaves out what came later. */
  courseOf: (profile: Profile, model: CompiledModel, untilDay?: number) => PointsCourse | null;
}
