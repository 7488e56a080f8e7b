/** How a lead ended. `open`: still undecided; `unknown`: nobody recorded it. Only won and lost count in a rate. */
export type Outcome = 'won' | 'lost' | 'open' | 'unknown';

/** Both ends belong to it; the unit is that of the value it surrounds. */
export interface Interval {
  low: number;
  high: number;
}

/** A lead as a calibration report reads it. */
export interface ScoredLead {
  /** Whatever ranked the lead: a score (0–100), points, a count of events. null: no score. */
  score: number | null;
  /** Key of the engagement band or tier; null: none. */
  band: string | null;
  /** Fit grade, or whatever stands for it; null: unknown. Left out: not asked for, the lead is in no cell. */
  fit?: string | null;
  outcome: Outcome;
  /** Instant (ms) as of which the score was read. */
  scoredAt?: number;
  /** Instant (ms) of the decision. A score read after it knows the answer already and is left out. */
  decidedAt?: number;
}

/** The 97.5 % point of the normal distribution: two-sided 95 %. */
export const Z_95 = 1.959_963_984_540_054;

/** Below so many decided leads a rate is marked as thin. */
export const FEWEST_PER_ROW = 30;

/** Won or lost. */
export function isDecided(outcome: Outcome): boolean {
  return outcome === 'won' || outcome === 'lost';
}
