import { z } from 'zod';
import { triggerRuleSchema } from '@rekindle/rules';

/** One trigger rule of `GET /api/rules`: the stored document and what it means in an English sentence. */
export const ruleSummarySchema = z.object({
  key: z.string(),
  name: z.string(),
  version: z.number().int(),
  isEnabled: z.boolean(),
  sentence: z.string(),
  /** Why the stored rule cannot run; null when it can. */
  brokenReason: z.string().nullable(),
  document: triggerRuleSchema.nullable(),
});
export const ruleListSchema = z.object({ items: z.array(ruleSummarySchema) });
export type RuleList = z.infer<typeof ruleListSchema>;
