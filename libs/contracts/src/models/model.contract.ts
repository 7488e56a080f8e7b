import { z } from 'zod';
import { scoringModelSchema } from '@rekindle/scoring';
import { instantSchema } from '../page.contract';

/** `GET /api/models` */
export const modelSummarySchema = z.object({
  key: z.string(),
  name: z.string(),
  publishedVersion: z.number().int().nullable(),
  publishedAt: instantSchema.nullable(),
  hasDraft: z.boolean(),
});

export const modelListSchema = z.object({ items: z.array(modelSummarySchema) });
export type ModelList = z.infer<typeof modelListSchema>;

/** `GET|PUT /api/models/{key}/draft` (ETag, If-Match) and `GET /api/models/{key}`. */
export const modelVersionSchema = z.object({
  version: z.number().int(),
  status: z.enum(['draft', 'published']),
  document: scoringModelSchema,
  updatedAt: instantSchema,
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;

/** Answer of `POST /api/models/{key}/publish`. */
export const publishAnswerSchema = z.object({
  version: z.number().int(),
  publishedAt: instantSchema,
  leadsRescored: z.number().int(),
});

/** `GET /api/models/{key}/draft/diff`: in what the draft differs from the published version, in words. */
export const modelDiffSchema = z.object({
  publishedVersion: z.number().int(),
  draftVersion: z.number().int(),
  /** Publishing replays the events of every lead. */
  needsEvents: z.boolean(),
  items: z.array(
    z.object({
      kind: z.enum(['changed', 'added', 'removed', 'reordered']),
      /** Where, as in `engagement.signals.3.weightPoints`. */
      path: z.string(),
      words: z.string(),
      needsEvents: z.boolean(),
    }),
  ),
});
export type ModelDiff = z.infer<typeof modelDiffSchema>;

const valueSchema = z.string().nullable();

/** What becomes of one reading of all leads. A value of null is none: no score, no usage, nothing known. */
const valueEffectSchema = z.object({
  changed: z.number().int(),
  counts: z.array(z.object({ value: valueSchema, before: z.number().int(), after: z.number().int() })),
  moves: z.array(z.object({ from: valueSchema, to: valueSchema, leads: z.number().int() })),
});

const leadPlaceSchema = z.object({
  band: valueSchema,
  tier: valueSchema,
  grade: valueSchema,
  cell: z.string(),
  engagementScore: z.number().nullable(),
  fitScore: z.number().nullable(),
  priority: z.number(),
});

/** `GET /api/models/{key}/draft/effect`: who would move if the draft were published now. Nothing is written. */
export const draftEffectSchema = z.object({
  at: instantSchema,
  publishedVersion: z.number().int(),
  draftVersion: z.number().int(),
  leads: z.number().int(),
  /** Leads whose band, tier, grade or priority cell changes. */
  changedLeads: z.number().int(),
  /** Leads whose events were too many to be replayed for this answer: what is said of them is an estimate. */
  estimatedLeads: z.number().int(),
  band: valueEffectSchema,
  tier: valueEffectSchema,
  grade: valueEffectSchema,
  cell: valueEffectSchema,
  /** Those whose priority moves most, with the reasons. */
  samples: z.array(
    z.object({
      leadId: z.string(),
      name: z.string().nullable(),
      before: leadPlaceSchema,
      after: leadPlaceSchema,
      reasons: z.array(z.string()),
    }),
  ),
});
export type DraftEffect = z.infer<typeof draftEffectSchema>;

/** `GET /api/workspace`: what lists and editors need to offer choices. */
export const workspaceSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  bands: z.array(z.object({ key: z.string(), label: z.string(), minScore: z.number() })),
  tiers: z.array(z.object({ key: z.string(), label: z.string() })),
  owners: z.array(z.string()),
  rules: z.array(z.object({ key: z.string(), name: z.string(), sentence: z.string(), isEnabled: z.boolean() })),
});
export type WorkspaceSummary = z.infer<typeof workspaceSummarySchema>;
