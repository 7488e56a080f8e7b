import { z } from 'zod';
import { jsonOf } from './item.reading';

const envelopeSchema = z.looseObject({
  Type: z.literal('Notification'),
  MessageId: z.string().min(1).max(100),
  Message: z.string(),
  Timestamp: z.string().optional(),
});

/** A notification of Amazon SNS with its message read. */
export interface SnsNotification {
  id: string;
  message: Record<string, unknown>;
}

/** Null for everything that carries no event: confirmations, and Amazon's note that a topic works. */
export function notificationOf(json: unknown): SnsNotification | null {
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return null;
  const message = z.record(z.string(), z.unknown()).safeParse(jsonOf(envelope.data.Message));
  return message.success ? { id: envelope.data.MessageId, message: message.data } : null;
}
