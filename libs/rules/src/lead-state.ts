import { emptyProfile, type LeadAttributes, type Profile, type ScoringEvent, type SpikeCause } from '@rekindle/scoring';

/** What one trigger remembers of one lead. Instants are epoch ms. */
export interface TriggerState {
  /** The rule's version this was last evaluated under; 0 after the rule was off. Another version starts anew, silently. */
  ruleVersion: number;
  isOn: boolean;
  firings: number;
  lastFiredAt: number | null;
  /** For leaves with `forDays`: since when the leaf has held, by leaf index; absent while it does not hold. */
  heldSince: Record<string, number>;
}

/**
 * All that `advance` keeps of one lead: plain JSON, a few KB.
 * It is the same whether events came one by one or in batches, with or without timer ticks in between.
 */
export interface LeadState {
  profile: Profile;
  /** The last instant (epoch ms) at which an event or a due moment was evaluated; nothing watched changed since. */
  clock: number | null;
  /** The latest `now` (epoch ms) this lead was advanced to: moments after it were never missed, only not yet noticed. */
  checkedAt: number | null;
  triggers: Record<string, TriggerState>;
  tier: string | null;
  /** Set once, at the first evaluation after the first usage event. */
  firstTier: string | null;
  band: string | null;
  /** What was found to come next after `clock`; null: not worked out. */
  due: DueMoment | null;
}

/** The next instant (epoch ms) at which anything watched can change without an event, under one model; null: never. */
export interface DueMoment {
  at: number | null;
  modelVersion: number;
}

/** The state of a lead of whom nothing is known yet. */
export function emptyLeadState(): LeadState {
  return {
    profile: emptyProfile(),
    clock: null,
    checkedAt: null,
    triggers: {},
    tier: null,
    firstTier: null,
    band: null,
    due: null,
  };
}

/** A fact that something crossed. `at` is the exact instant of the crossing, not of its discovery. */
export type Change =
  | { kind: 'band'; at: number; from: string | null; to: string; score: number }
  | { kind: 'tier'; at: number; from: string | null; to: string; events30d: number }
  | {
      kind: 'firing';
      at: number;
      rule: string;
      ruleVersion: number;
      /** 1 for the lead's first firing of this rule: with rule and lead the unique key of the firing. */
      sequence: number;
      causes: SpikeCause[];
      score: number;
    };

/** What the store keeps in columns, so that lists and timers need no profile. */
export interface StateSummary {
  /**
   * Static rank: engagement points at the model's landmark. Points at t = rank * 2^(-(t - landmark)/halfLife). Null: no
   * score. Under a decay without static ranks points at t = rank + slope * (t - landmark), until `nextDueAt` at most.
   */
  engagementRank: number | null;
  /** Points per ms; 0 under a static rank and where points only change by jumps. */
  engagementSlope: number;
  /** Integer 0–100 used for ordering (the model's assumption while unknown). */
  fitScore: number;
  fitGrade: string | null;
  usageTier: string | null;
  lastActivityAt: number | null;
  /** The next instant (epoch ms) at which anything watched, or the rank, can change without an event; null: never. */
  nextDueAt: number | null;
}

export interface AdvanceInput {
  state: LeadState;
  attributes: LeadAttributes;
  /** New events in any order; none for a timer tick. */
  events: readonly ScoringEvent[];
  now: number;
  /** Switch triggers without firing them, as after publishing a model. */
  isSilent?: boolean;
}

export interface AdvanceResult {
  state: LeadState;
  changes: Change[];
  summary: StateSummary;
  /** Key of the signal that took each event, by messageId; absent if none did. For exits and the timeline. */
  signalOf: ReadonlyMap<string, string>;
}
