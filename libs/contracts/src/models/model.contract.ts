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

/** `GET|PUT /api/models/{key}/draft` (ETag, If-Match) and `GET /api/models/{key}`. */
export const modelVersionSchema = z.object({
  version: z.number().int(),
  status: z.enum(['draft', 'published']),
  document: scoringModelSchema,
  updatedAt: instantSchema,
});

/** Answer of `POST /api/models/{key}/publish`. */
export const publishAnswerSchema = z.object({
  version: z.number().int(),
  publishedAt: instantSchema,
  leadsRescored: z.number().int(),
});

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
