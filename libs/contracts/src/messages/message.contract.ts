import { z } from 'zod';
import { instantSchema, pageOf, pageQuerySchema } from '../page.contract';

/** `uncertain`: handed over, answer lost; never sent again by itself. `skipped` and `rejected` carry a reason. */
export const messageStateSchema = z.enum([
  'planned',
  'queued',
  'leased',
  'handing_over',
  'sent',
  'rejected',
  'uncertain',
  'skipped',
]);

export const messageListQuerySchema = pageQuerySchema.extend({
  leadId: z.uuid().optional(),
  state: messageStateSchema.optional(),
});

export const messageSchema = z.object({
  id: z.string(),
  kind: z.enum(['sequence', 'alert']),
  leadId: z.string().nullable(),
  leadName: z.string().nullable(),
  to: z.string(),
  subject: z.string(),
  sequence: z.string().nullable(),
  step: z.number().int().nullable(),
  template: z.string(),
  state: messageStateSchema,
  reason: z.string().nullable(),
  /** True when no SMTP server is configured and the mail was caught for `/mail`. */
  isCaught: z.boolean(),
  createdAt: instantSchema,
  sentAt: instantSchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;
export const messageListSchema = pageOf(messageSchema).extend({ total: z.number().int() });

/** `GET /api/messages/{id}`: with the frozen content. */
export const messageDetailSchema = messageSchema.extend({
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
});
