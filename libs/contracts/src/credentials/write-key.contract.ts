import { z } from 'zod';
import { instantSchema } from '../page.contract';

/** A key that may send events: what is left to show of it. */
export const writeKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first characters, and its last four. */
  prefix: z.string(),
  last4: z.string(),
  /** `browser` keys are public and may not claim what only servers know. */
  trust: z.enum(['server', 'browser']),
  createdAt: instantSchema,
  revokedAt: instantSchema.nullable(),
});
export type WriteKey = z.infer<typeof writeKeySchema>;
export const writeKeyListSchema = z.object({ items: z.array(writeKeySchema) });
export type WriteKeyList = z.infer<typeof writeKeyListSchema>;

/** `POST /api/write-keys` */
export const writeKeyCreateSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  trust: z.enum(['server', 'browser']),
});

/** A new key; `key` is shown this once. */
export const writeKeyCreatedSchema = writeKeySchema.extend({ key: z.string() });
export type WriteKeyCreated = z.infer<typeof writeKeyCreatedSchema>;
