import { z } from 'zod';
import { instantSchema } from '../page.contract';

const signalShare = { signal: z.string(), label: z.string(), count: z.number().int(), points: z.number() };

export const engagementScoreSchema = z.object({
  state: z.enum(['none', 'zero', 'active', 'was-active']),
  points: z.number(),
  score: z.number(),
  band: z.string().nullable(),
  contributions: z.array(z.object({ ...signalShare, lastAt: instantSchema })),
  trend: z.object({ direction: z.enum(['rising', 'steady', 'cooling']), changePoints: z.number() }),
  spike: z.object({
    isSpike: z.boolean(),
    probability: z.number(),
    recentCount: z.number().int(),
    expectedCount: z.number(),
    causes: z.array(z.object(signalShare)),
  }),
  forecast: z.array(z.object({ band: z.string(), minScore: z.number(), crossesAt: instantSchema.nullable() })),
});

export const usageScoreSchema = z.object({
  score: z.number(),
  tier: z.string(),
  firstTier: z.string().nullable(),
  events30d: z.number().int(),
  daysSinceLast: z.number().nullable(),
  distinctFeatures: z.number().int(),
  excludedEvents: z.number().int(),
});

export const fitScoreSchema = z.object({
  score: z.number().nullable(),
  grade: z.enum(['A', 'B', 'C', 'D']).nullable(),
  isDisqualified: z.boolean(),
  reasons: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      result: z.enum(['match', 'mismatch', 'unknown']),
      points: z.number(),
    }),
  ),
});

export const priorityScoreSchema = z.object({
  cell: z.string(),
  label: z.string(),
  nextStep: z.string(),
  value: z.number(),
});

/** Answer of `GET /api/leads/{id}/score?at=`: contributions add up to `engagement.points`. */
export const scoreAnswerSchema = z.object({
  at: instantSchema,
  model: z.object({ key: z.string(), version: z.number().int() }),
  engagement: engagementScoreSchema,
  usage: usageScoreSchema,
  fit: fitScoreSchema,
  priority: priorityScoreSchema,
  lastActivityAt: instantSchema.nullable(),
});
export type ScoreAnswer = z.infer<typeof scoreAnswerSchema>;

/** Query of `GET /api/leads/{id}/score`: the instant as of which the score is asked, any offset; absent: now. */
export const scoreQuerySchema = z.strictObject({ at: z.iso.datetime({ offset: true }).optional() });
