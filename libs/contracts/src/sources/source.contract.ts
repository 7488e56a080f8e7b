import { z } from 'zod';
import { instantSchema } from '../page.contract';

const nameSchema = z.string().trim().min(1).max(120);
const secretSchema = z.string().min(8, 'must have at least 8 characters').max(500);
const settingsSchema = z.record(z.string().max(128), z.unknown());

/** A place that sends signals, as `GET /api/sources` lists it. Its secret is never shown again. */
export const sourceSchema = z.object({
  id: z.string(),
  /** Of the kind of source, as in the catalogue. */
  key: z.string(),
  label: z.string(),
  name: z.string(),
  /** Where it sends to. */
  url: z.string(),
  settings: settingsSchema,
  isEnabled: z.boolean(),
  hasSecret: z.boolean(),
  /** Why nothing of it can be taken in; null while all is well. */
  problem: z.string().nullable(),
  /** Last call that was believed and taken in; to a few seconds, as `lastRefusal`. */
  lastReceivedAt: instantSchema.nullable(),
  /** Last call that was refused, and why: `signature_missing`, `signature_wrong`, `too_old`, `used_before`… */
  lastRefusal: z.object({ at: instantSchema, code: z.string() }).nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Source = z.infer<typeof sourceSchema>;
export const sourceListSchema = z.object({ items: z.array(sourceSchema) });
export type SourceList = z.infer<typeof sourceListSchema>;

/** Answer to a new source or a new secret: the one time that the secret is shown. */
export const sourceWithSecretSchema = sourceSchema.extend({
  /** Null where the provider makes it, or none is needed. */
  secret: z.string().nullable(),
  /** The address with the secret in it, for providers that sign nothing; else null. */
  secretUrl: z.string().nullable(),
});
export type SourceWithSecret = z.infer<typeof sourceWithSecretSchema>;

/** Body of `POST /api/sources`. `secret` for providers that make it themselves. */
export const newSourceSchema = z.strictObject({
  key: z.string().max(64),
  name: nameSchema,
  settings: settingsSchema.default({}),
  secret: secretSchema.optional(),
});
export type NewSource = z.infer<typeof newSourceSchema>;

/** Body of `PATCH /api/sources/{id}`; what is absent stays. */
export const sourceUpdateSchema = z.strictObject({
  name: nameSchema.optional(),
  settings: settingsSchema.optional(),
  isEnabled: z.boolean().optional(),
  secret: secretSchema.optional(),
});
export type SourceUpdate = z.infer<typeof sourceUpdateSchema>;

/** `GET /api/sources/catalog`: every kind of source, with the JSON Schema of its settings. */
export const sourceCatalogSchema = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      /** Who makes its secret: we, the provider, or nobody. */
      secretOrigin: z.enum(['made', 'given', 'none']),
      settingsSchema: z.record(z.string(), z.unknown()),
      /** What to do at the provider, in a sentence or two. */
      setUp: z.string(),
    }),
  ),
});
export type SourceCatalog = z.infer<typeof sourceCatalogSchema>;
