/** Milliseconds of one UTC day. */
export const DAY_MS = 86_400_000;

/** One event as scoring sees it. `at` is the instant (epoch ms) as of which it counts. */
export interface ScoringEvent {
  messageId: string;
  type: string;
  name: string | null;
  at: number;
  properties: Record<string, unknown>;
  context: Record<string, unknown>;
}

/** What fit criteria and rules may ask about the lead besides its behaviour. */
export interface LeadAttributes {
  traits: Record<string, unknown>;
  accountTraits: Record<string, unknown>;
}

/**
 * Events of one signal on one UTC day, unweighted.
 * `day` is whole days since the epoch; `sum` is Σ 2^((t − dayStart)/halfLife); `last` the latest instant (ms).
 */
export interface DayBucket {
  day: number;
  count: number;
  sum: number;
  last: number;
}

/** How many core events happened on a UTC day (whole days since the epoch). */
export interface DayCount {
  day: number;
  count: number;
}

/**
 * What a lead's lifecycle follows from. Instants are epoch ms; the days ascend and are kept for 180 days before the
 * latest, whatever the model's windows are: another window needs no replay.
 */
export interface LifecycleTrace {
  activatedAt: number | null;
  lastCoreAt: number | null;
  lastSessionAt: number | null;
  coreDays: DayCount[];
}

/** Product-usage state: instants (ms, ascending) per feature, kept for the model's window. */
export interface UsageState {
  features: Record<string, number[]>;
  /** Instants (ms, ascending) per product key, kept for the window; only under models with products. */
  products?: Record<string, number[]>;
  /** Only under models with a lifecycle. */
  lifecycle?: LifecycleTrace;
  totalEvents: number;
  excludedEvents: number;
  lastAt: number | null;
}

/**
 * A lead's scoring state. It is a function of the set of the lead's events, not of their order of arrival,
 * is plain JSON, and holds no weights: a weight edit needs no replay.
 */
export interface Profile {
  version: 1;
  /** Half-life (ms) under which the latest event went into a bucket's sum; null before the first signal. */
  halfLifeMs: number | null;
  firstAt: number | null;
  lastAt: number | null;
  totalEvents: number;
  /** Day buckets per signal key, ascending by day. */
  signals: Record<string, DayBucket[]>;
  /**
   * Instants (ms, ascending) per signal key, as far back as the model's decay reaches; only under models whose decay is
   * not exponential.
   */
  instants?: Record<string, number[]>;
  usage: UsageState;
}
