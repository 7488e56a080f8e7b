import { z } from 'zod';
import { instantSchema, pageOf, pageQuerySchema, queryInteger } from '../page.contract';
import { scoreAnswerSchema } from './score.contract';

export const leadSortSchema = z.enum(['-priority', '-engagement', '-lastActivityAt']);

/** Query of `GET /api/leads`. Filters combine with "and"; `q` searches name, e-mail, user id and account. */
export const leadListQuerySchema = pageQuerySchema.extend({
  sort: leadSortSchema.default('-priority'),
  q: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\u0000]*$/, 'must not contain NUL')
    .optional(),
  band: z.string().max(64).optional(),
  tier: z.string().max(64).optional(),
  grade: z.enum(['A', 'B', 'C', 'D']).optional(),
  owner: z.string().max(320).optional(),
  accountId: z.uuid().optional(),
});
export type LeadListQuery = z.infer<typeof leadListQuerySchema>;

const accountRefSchema = z.object({ id: z.string(), name: z.string() });

/** One row of the list, scored as of the page's `at`. */
export const leadRowSchema = z.object({
  id: z.string(),
  userId: z.string().nullable(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  title: z.string().nullable(),
  account: accountRefSchema.nullable(),
  owner: z.string().nullable(),
  engagement: z.object({
    score: z.number(),
    points: z.number(),
    band: z.string().nullable(),
    state: z.enum(['none', 'zero', 'active', 'was-active']),
    change7d: z.number(),
    /** Score at the end of each of the last 14 days, oldest first. */
    spark: z.array(z.number()),
  }),
  usage: z.object({ tier: z.string(), events30d: z.number().int() }),
  fit: z.object({ score: z.number().nullable(), grade: z.string().nullable() }),
  priority: z.object({ cell: z.string(), label: z.string(), value: z.number() }),
  lastActivityAt: instantSchema.nullable(),
});
export type LeadRow = z.infer<typeof leadRowSchema>;

export const leadListSchema = pageOf(leadRowSchema).extend({ at: instantSchema, total: z.number().int() });
export type LeadList = z.infer<typeof leadListSchema>;

/** A lead with its score as of now. */
export const leadDetailSchema = z.object({
  id: z.string(),
  userId: z.string().nullable(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  title: z.string().nullable(),
  account: accountRefSchema.nullable(),
  owner: z.string().nullable(),
  traits: z.record(z.string(), z.unknown()),
  identities: z.array(z.object({ kind: z.string(), value: z.string() })),
  isSuppressed: z.boolean(),
  createdAt: instantSchema,
  score: scoreAnswerSchema,
});
export type LeadDetail = z.infer<typeof leadDetailSchema>;

/** Query and answer of `GET /api/leads/{id}/history`: score over time, past as it was, future if nothing happens. */
export const leadHistoryQuerySchema = z.strictObject({
  days: queryInteger(1, 400).default(90),
  forecastDays: queryInteger(0, 365).default(30),
});
export const leadHistorySchema = z.object({
  now: instantSchema,
  bands: z.array(z.object({ key: z.string(), label: z.string(), minScore: z.number() })),
  points: z.array(
    z.object({
      at: instantSchema,
      score: z.number(),
      points: z.number(),
      isForecast: z.boolean(),
      bySignal: z.record(z.string(), z.number()),
    }),
  ),
  signals: z.array(z.object({ key: z.string(), label: z.string() })),
});
export type LeadHistory = z.infer<typeof leadHistorySchema>;

/** One line of `GET /api/leads/{id}/timeline`: events, crossings, alerts and mails, newest first. */
export const timelineItemSchema = z.object({
  id: z.string(),
  at: instantSchema,
  kind: z.enum(['event', 'band', 'tier', 'firing', 'alert', 'message', 'enrolment']),
  title: z.string(),
  detail: z.string().nullable(),
  signal: z.string().nullable(),
  /** What an event is worth now; null for everything else. */
  points: z.number().nullable(),
});
export const timelineSchema = pageOf(timelineItemSchema);
export type Timeline = z.infer<typeof timelineSchema>;

/** A stored event as `GET /api/events` and `GET /api/leads/{id}/events` list it, newest first. */
export const storedEventSchema = z.object({
  id: z.string(),
  messageId: z.string().nullable(),
  leadId: z.string().nullable(),
  type: z.string().nullable(),
  name: z.string().nullable(),
  timestamp: instantSchema.nullable(),
  receivedAt: instantSchema,
  status: z.enum(['scored', 'unscored', 'rejected']),
  code: z.string().nullable(),
  signal: z.string().nullable(),
  signalLabel: z.string().nullable(),
  /** What its signal is worth now, before limits; null where it has none. */
  points: z.number().nullable(),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  /** Who did it, for opens and clicks whose traces are known; a machine's count for nothing. */
  classification: z
    .object({ verdict: z.enum(['human', 'machine', 'unsure']), evidence: z.array(z.string()), words: z.string() })
    .nullable(),
  properties: z.record(z.string(), z.unknown()),
});
export const storedEventListSchema = pageOf(storedEventSchema);
export type StoredEventList = z.infer<typeof storedEventListSchema>;

/** Query of `GET /api/events`; filters combine with "and". */
export const eventListQuerySchema = pageQuerySchema.extend({
  status: z.enum(['scored', 'unscored', 'rejected']).optional(),
});
