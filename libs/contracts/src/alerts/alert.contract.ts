import { z } from 'zod';
import { instantSchema, pageOf, pageQuerySchema } from '../page.contract';

export const alertListQuerySchema = pageQuerySchema.extend({
  state: z.enum(['unread', 'done']).optional(),
  leadId: z.uuid().optional(),
  rule: z.string().max(64).optional(),
});

export const alertSchema = z.object({
  id: z.string(),
  leadId: z.string(),
  leadName: z.string(),
  accountName: z.string().nullable(),
  rule: z.string(),
  ruleName: z.string(),
  title: z.string(),
  sentence: z.string(),
  causes: z.array(z.object({ signal: z.string(), label: z.string(), count: z.number().int(), points: z.number() })),
  nextStep: z.string(),
  score: z.number(),
  owner: z.string().nullable(),
  state: z.enum(['unread', 'done']),
  /** The instant of the crossing. */
  at: instantSchema,
  createdAt: instantSchema,
});
export type Alert = z.infer<typeof alertSchema>;
export const alertListSchema = pageOf(alertSchema).extend({ total: z.number().int(), unread: z.number().int() });
export type AlertList = z.infer<typeof alertListSchema>;
/** `PATCH /api/alerts/{id}` */
export const alertUpdateSchema = z.strictObject({ state: z.enum(['unread', 'done']) });
