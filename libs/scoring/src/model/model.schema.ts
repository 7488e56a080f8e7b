import { z } from 'zod';
import { conditionSchema } from '../condition/condition.schema';

/** Keys of everything a model names. */
export const keySchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
/** What people read. */
export const labelSchema = z.string().min(1).max(120);

/**
 * What kind of act a signal is. `human` kinds (reply, click, visit) end a re-engagement sequence;
 * an open does not, because machines open mail.
 */
export const signalKindSchema = z.enum([
  'reply',
  'request',
  'visit',
  'download',
  'click',
  'open',
  'social',
  'negative',
]);

export const signalSchema = z.strictObject({
  key: keySchema,
  label: labelSchema,
  kind: signalKindSchema,
  /** Which events count. The first matching signal, in the order of the list, takes the event. */
  match: conditionSchema,
  /** Points at the instant of the event; halves every half-life. May be negative. */
  weightPoints: z.number().min(-1_000).max(1_000),
  /** At most so many events of one UTC day count in full; more share the same points. */
  dailyLimit: z.number().int().positive().max(10_000).optional(),
  /** The running total of this signal never exceeds so many points. */
  mostPoints: z.number().positive().max(100_000).optional(),
  /** Key of the group whose most points it shares. */
  group: keySchema.optional(),
});
export type SignalDefinition = z.infer<typeof signalSchema>;

export const bandSchema = z.strictObject({ key: keySchema, label: labelSchema, minScore: z.number().min(0).max(100) });

/** Signals that share a limit, such as everything that happens by e-mail. */
export const signalGroupSchema = z.strictObject({
  key: keySchema,
  label: labelSchema,
  /** The running total of the group never exceeds so many points; its signals' shares shrink alike. */
  mostPoints: z.number().positive().max(100_000).optional(),
});
export type SignalGroup = z.infer<typeof signalGroupSchema>;

const reachDaysSchema = z.number().int().min(1).max(730);

/** How an event loses worth as it ages. Age is counted to the millisecond. */
export const decaySchema = z.discriminatedUnion('kind', [
  /** Halves every half-life, for ever. */
  z.strictObject({ kind: z.literal('exponential') }),
  /** In full while younger than so many days, then nothing: a lookback. */
  z.strictObject({ kind: z.literal('window'), days: reachDaysSchema }),
  /** Falls evenly to nothing at so many days. */
  z.strictObject({ kind: z.literal('linear'), days: reachDaysSchema }),
  /** So many percent while younger than so many days, from the youngest step on; nothing after the last. */
  z.strictObject({
    kind: z.literal('step'),
    steps: z
      .array(z.strictObject({ untilDays: reachDaysSchema, percent: z.number().min(0).max(100) }))
      .min(1)
      .max(12),
  }),
]);
export type DecaySettings = z.infer<typeof decaySchema>;

/** A number shown beside the live score, which it follows from. */
export const publishedSchema = z.strictObject({
  /** 0–100, or whole numbers 1–10. */
  scale: z.enum(['hundred', 'ten']),
  /** Push scores to the ends; the order stays. */
  isClustered: z.boolean(),
  /** Weeks for which the number stays as it is; without it: live. */
  refreshWeeks: z.number().int().min(1).max(4).optional(),
});
export type PublishedSettings = z.infer<typeof publishedSchema>;

export const engagementSchema = z.strictObject({
  /** For the exponential decay; day buckets are kept in its terms under every decay. */
  halfLifeDays: z.number().min(1).max(365),
  /** Without it: exponential, the only one whose ranks no time touches. */
  decay: decaySchema.optional(),
  /** Points worth a score of 50: score = 100 * (1 - 2^(-points / halfScorePoints)). */
  halfScorePoints: z.number().positive().max(100_000),
  signals: z.array(signalSchema).min(1).max(100),
  groups: z.array(signalGroupSchema).max(20).optional(),
  /** From the highest cut-off down; the last has minScore 0. */
  bands: z.array(bandSchema).min(2).max(10),
  /**
   * Trend: the score today against so many days ago; within the dead band (score points) it is steady.
   * Without it: 7 days, 3 score points.
   */
  trend: z
    .strictObject({ days: z.number().int().min(1).max(90), deadBandScore: z.number().positive().max(100) })
    .optional(),
  published: publishedSchema.optional(),
});

export const usageTierSchema = z.strictObject({
  key: keySchema,
  label: labelSchema,
  minEvents: z.number().int().min(0).max(5_000),
});

/** From the highest count down; the last has minEvents 0. */
const tierTableSchema = z.array(usageTierSchema).min(2).max(10);

/** A tier table for leads whose attributes match; the first segment of the list that matches holds. */
export const usageSegmentSchema = z.strictObject({
  key: keySchema,
  label: labelSchema,
  match: conditionSchema,
  tiers: tierTableSchema,
});

/** A product with a tier table of its own: it counts the usage events that match, in the usage window. */
export const usageProductSchema = z.strictObject({
  key: keySchema,
  label: labelSchema,
  match: conditionSchema,
  tiers: tierTableSchema,
});

/** A feature with levels of its own; a lead above the lowest level has engaged with it. */
export const usageFeatureSchema = z.strictObject({
  key: keySchema,
  label: labelSchema,
  /** What events call it, as found by `featurePaths`; compared trimmed and regardless of case. */
  names: z.array(z.string().min(1).max(120)).min(1).max(50),
  tiers: tierTableSchema,
});

/** When a lead counts as active, at risk, lapsed and churned. What is left out: see each default. */
export const lifecycleSchema = z.strictObject({
  /** The first such event makes a lead a user. Without it, never activated cannot be told from churned. */
  activation: conditionSchema.optional(),
  /** What the product is there for. Without it: every usage event. */
  core: conditionSchema.optional(),
  /** Being there without doing the core; reported, decides nothing. */
  sessionStart: conditionSchema.optional(),
  /** Active: something within so many days. Without it: 30. */
  activeDays: z.number().int().min(1).max(365).optional(),
  /** Churned: nothing for so many days; lapsed is what lies between. Without it: 90. */
  churnedDays: z.number().int().min(1).max(3_650).optional(),
  /** At risk: active, but nothing within so many UTC days, or a drop of so much against as many days before. 14 and 50. */
  decline: z
    .strictObject({ days: z.number().int().min(1).max(90), dropPercent: z.number().min(1).max(100) })
    .optional(),
});

export const usageSchema = z.strictObject({
  match: conditionSchema,
  /** Events that match are shown as excluded and count nothing (automated traffic). */
  exclude: conditionSchema.optional(),
  /** Property paths that name the feature, first present wins; else the event's name. */
  featurePaths: z.array(z.string().min(1).max(200)).max(10),
  windowDays: z.number().int().min(1).max(90),
  tiers: tierTableSchema,
  /** Tier tables that take the place of `tiers` for some leads. */
  segments: z.array(usageSegmentSchema).max(20).optional(),
  products: z.array(usageProductSchema).max(20).optional(),
  features: z.array(usageFeatureSchema).max(100).optional(),
  lifecycle: lifecycleSchema.optional(),
  weights: z.strictObject({ frequency: z.number().min(0), recency: z.number().min(0), diversity: z.number().min(0) }),
  /** Count, days and features at which each component is worth half. */
  halfAt: z.strictObject({
    events: z.number().positive(),
    days: z.number().positive(),
    features: z.number().positive(),
  }),
});

export type UsageTier = z.infer<typeof usageTierSchema>;
export type UsageSettings = z.infer<typeof usageSchema>;
export type LifecycleSettings = z.infer<typeof lifecycleSchema>;

export const fitCriterionSchema = z.strictObject({
  key: keySchema,
  label: labelSchema,
  match: conditionSchema,
  points: z.number().min(-1_000).max(1_000),
  isDisqualifier: z.boolean().optional(),
});

export type FitCriterion = z.infer<typeof fitCriterionSchema>;

export const fitSchema = z.strictObject({
  criteria: z.array(fitCriterionSchema).max(100),
  /** From the highest cut-off down; the last has minScore 0. Four grades. */
  grades: z
    .array(z.strictObject({ grade: z.enum(['A', 'B', 'C', 'D']), minScore: z.number().min(0).max(100) }))
    .length(4),
  /** Fit assumed for ordering while nothing about a lead is known. */
  unknownScore: z.number().int().min(0).max(100),
});

export const priorityCellSchema = z.strictObject({ label: labelSchema, nextStep: z.string().max(300) });

export const prioritySchema = z.strictObject({
  /** value = 100 * (fit/100)^fitWeight * (engagement/100)^(1 - fitWeight), weighted geometric mean. */
  fitWeight: z.number().min(0).max(1),
  /** With grade D the priority value is capped at this. */
  gradeDMaxValue: z.number().min(0).max(100),
  /** `A1` … `D4`; the number is the band's position from the top, the last number is "no score". */
  cells: z.record(z.string().regex(/^[ABCD]\d{1,2}$/), priorityCellSchema),
});

/** A scoring model as sales ops write it: JSON, versioned, draft or published. */
export const scoringModelSchema = z.strictObject({
  key: keySchema,
  name: labelSchema,
  /** Instant (ISO) to which static ranks refer; must not change between versions of a model. */
  landmark: z.iso.datetime(),
  engagement: engagementSchema,
  usage: usageSchema,
  fit: fitSchema,
  priority: prioritySchema,
});
export type ScoringModel = z.infer<typeof scoringModelSchema>;
