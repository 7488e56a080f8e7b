import { scoringModelSchema } from '@rekindle/scoring';
import { z } from 'zod';
import { instantSchema } from '../page.contract';

const count = z.number().int();
/** 95 %, both ends included; in the unit of what it surrounds. */
const intervalSchema = z.object({ low: z.number(), high: z.number() });

const conversionRowSchema = z.object({
  /** A band's key, or 1 (the highest tenth) to 10; null: leads without a score, in the total: all. */
  key: z.string().nullable(),
  decided: count,
  won: count,
  lost: count,
  /** Won of decided, 0–1; null while nobody is decided. */
  rate: z.number().nullable(),
  /** Of the rate (Wilson). */
  interval: intervalSchema.nullable(),
  /** Rate divided by that of all. */
  lift: z.number().nullable(),
  /** Fewer than 30 are decided: the rate means little. */
  isThin: z.boolean(),
});

const aucSchema = z.object({
  /** Share of the pairs (won, lost) in which the won lead ranks higher; 0.5 is chance. */
  auc: z.number(),
  standardError: z.number(),
  interval: intervalSchema,
  won: count,
  lost: count,
});

/** `GET /api/models/{key}/calibration`: does the published model's engagement foretell how it ends? */
export const calibrationSchema = z.object({
  at: instantSchema,
  model: z.object({ key: z.string(), version: z.number().int() }),
  /** Leads by what is known of their end; the four add up to all. */
  leads: z.object({
    won: count,
    lost: count,
    /** Nothing recorded: in no table. */
    withoutOutcome: count,
    /** Decided, but older than the newest 10,000 that are read. */
    leftOut: count,
  }),
  /** From the highest band down; those without a score last. */
  bands: z.object({ total: conversionRowSchema, rows: z.array(conversionRowSchema) }),
  /** Tenths by engagement score, highest first; equal scores stay together, so they may differ in size. */
  deciles: z.object({
    total: conversionRowSchema,
    rows: z.array(conversionRowSchema.extend({ minScore: z.number().nullable(), maxScore: z.number().nullable() })),
  }),
  /** Null while nobody was won or nobody lost. */
  auc: aucSchema.nullable(),
  /** The whole interval lies above chance. */
  isBetterThanChance: z.boolean(),
  /** What to keep in mind, a sentence each. */
  warnings: z.array(z.string()),
});
export type Calibration = z.infer<typeof calibrationSchema>;

const sampleSchema = z.object({ won: count, lost: count, undecided: count, leaking: count });
const reasonSchema = z.object({ code: z.string(), message: z.string() });

const fittedFeatureSchema = z.object({
  target: z.enum(['signal', 'criterion']),
  key: z.string(),
  label: z.string(),
  /** In the draft as it stands. */
  pointsBefore: z.number().nullable(),
  /** As fitted, whether or not it was taken over. */
  points: z.number(),
  /** Of the points. */
  interval: intervalSchema,
  /** The interval leaves out 0. */
  isClear: z.boolean(),
  /** Why the draft's points stay; null: the fitted ones are in the document. */
  refusal: reasonSchema.nullable(),
});

/** `POST /api/models/{key}/draft/fit`: weights fitted to how leads ended; nothing is saved. */
export const modelFitSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('refused'), sample: sampleSchema, leftOut: count, refusals: z.array(reasonSchema) }),
  z.object({
    state: z.literal('fitted'),
    sample: sampleSchema,
    /** Decided, but older than the newest 5,000 that are read. */
    leftOut: count,
    /** Of each lead as ranked by the four fifths of the others that it does not belong to. */
    heldOutAuc: aucSchema.nullable(),
    features: z.array(fittedFeatureSchema),
    /** The draft with the fitted points, for `PUT /api/models/{key}/draft`. */
    document: scoringModelSchema,
  }),
]);
export type ModelFit = z.infer<typeof modelFitSchema>;
