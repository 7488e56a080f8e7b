import { z } from 'zod';

export const ingestStatusSchema = z.enum(['accepted', 'duplicate', 'conflict', 'rejected']);

/** What became of one item; `code` says why for `rejected` and `conflict`, or carries a flag such as `clock_adjusted`. */
export const ingestItemResultSchema = z.object({
  index: z.number().int(),
  messageId: z.string(),
  status: ingestStatusSchema,
  code: z.string().optional(),
});

/** accepted + duplicate + conflict + rejected = items sent. `success` is always true for a 200. */
export const ingestResponseSchema = z.object({
  success: z.literal(true),
  accepted: z.number().int(),
  duplicate: z.number().int(),
  conflict: z.number().int(),
  rejected: z.number().int(),
  results: z.array(ingestItemResultSchema),
});

const off = z.object({ enabled: z.literal(false) });

/** What RudderStack's browser client loads before it sends: no destinations in the page, nothing reported elsewhere. */
export const sourceConfigSchema = z.object({
  source: z.object({
    id: z.string(),
    name: z.string(),
    writeKey: z.string(),
    enabled: z.literal(true),
    config: z.object({ statsCollection: z.object({ errors: off, metrics: off }) }),
    destinations: z.array(z.never()),
    connections: z.array(z.never()),
  }),
});
export type SourceConfig = z.infer<typeof sourceConfigSchema>;
export type IngestStatus = z.infer<typeof ingestStatusSchema>;
export type IngestItemResult = z.infer<typeof ingestItemResultSchema>;
export type IngestResponse = z.infer<typeof ingestResponseSchema>;
