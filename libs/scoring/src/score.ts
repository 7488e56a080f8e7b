/** Never a signal; had signals but worth nothing; worth points now; once worth points, by now below half a point of score. */
export type EngagementState = 'none' | 'zero' | 'active' | 'was-active';
export type TrendDirection = 'rising' | 'steady' | 'cooling';
export type Grade = 'A' | 'B' | 'C' | 'D';

/** One signal's share. Shares add up to the points. Instants are epoch ms. */
export interface Contribution {
  signal: string;
  label: string;
  count: number;
  points: number;
  lastAt: number;
}

export interface SpikeCause {
  signal: string;
  label: string;
  count: number;
  points: number;
}

/** Last 3 days against the lead's own 28 days before (UTC days). */
export interface Spike {
  isSpike: boolean;
  /** P(at least so many signals | own baseline), Gamma–Poisson. */
  probability: number;
  recentCount: number;
  expectedCount: number;
  /** At most three, by points gained. Empty when there is no spike. */
  causes: SpikeCause[];
}

/** When the engagement score falls below a band's cut-off if nothing happens; null when it already is. */
export interface ForecastCrossing {
  band: string;
  minScore: number;
  crossesAt: number | null;
}

export interface EngagementScore {
  state: EngagementState;
  points: number;
  score: number;
  band: string | null;
  contributions: Contribution[];
  trend: { direction: TrendDirection; changePoints: number };
  spike: Spike;
  forecast: ForecastCrossing[];
}

/** A product's tier or a feature's level: so many events in the window against its own table. */
export interface UsageLevel {
  key: string;
  label: string;
  tier: string;
  events: number;
  /** The tier's cut-off: the higher of two tiers of one table has more. 0: the lowest. */
  minEvents: number;
}

export type LifecycleStage = 'never-activated' | 'active' | 'at-risk' | 'lapsed' | 'churned';

/** Where a lead stands between getting to know the product and leaving it. Instants are epoch ms. */
export interface Lifecycle {
  stage: LifecycleStage;
  /** What makes the stage uncertain; null when nothing does. */
  warning: 'no-activation-event' | null;
  activatedAt: number | null;
  lastCoreAt: number | null;
  lastSessionAt: number | null;
}

export interface UsageScore {
  score: number;
  tier: string;
  events30d: number;
  daysSinceLast: number | null;
  distinctFeatures: number;
  excludedEvents: number;
  /** Key of the segment whose tier table holds for the lead, null: the default table. Only in models with segments. */
  segment?: string | null;
  /** Only in models with products. */
  products?: UsageLevel[];
  /** Only in models with feature levels. */
  features?: UsageLevel[];
  /** Only in models with a lifecycle. */
  lifecycle?: Lifecycle;
}

export interface FitReason {
  key: string;
  label: string;
  result: 'match' | 'mismatch' | 'unknown';
  points: number;
}

export interface FitVerdict {
  /** Integer 0–100; null while nothing is known about the lead. */
  score: number | null;
  grade: Grade | null;
  isDisqualified: boolean;
}

export interface FitScore extends FitVerdict {
  reasons: FitReason[];
}

export interface PriorityScore {
  cell: string;
  label: string;
  nextStep: string;
  value: number;
}

/** A lead's whole score as of `at` (epoch ms). */
export interface Score {
  at: number;
  model: { key: string; version: number };
  engagement: EngagementScore;
  usage: UsageScore;
  fit: FitScore;
  priority: PriorityScore;
  lastActivityAt: number | null;
}
