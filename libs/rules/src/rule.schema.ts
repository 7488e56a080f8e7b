import { z } from 'zod';
import { conditionSchema } from '@rekindle/scoring';

const keySchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

/** What a firing asks the outside world to do; `settings` belong to the action's plugin. */
export const ruleActionSchema = z.strictObject({
  key: keySchema,
  settings: z.record(z.string(), z.unknown()),
});
export type RuleAction = z.infer<typeof ruleActionSchema>;

/** A trigger rule as sales ops write it. */
export const triggerRuleSchema = z.strictObject({
  key: keySchema,
  name: z.string().min(1).max(120),
  description: z.string().max(500).optional(),
  /** Fires when this becomes true (`edge: 'becomes-true'`) or false. */
  when: conditionSchema,
  edge: z.enum(['becomes-true', 'becomes-false']),
  /** Hysteresis: while on, the rule stays on until this is true; default is "`when` is no longer true". */
  until: conditionSchema.optional(),
  /** No second firing for the same lead within so many days. */
  coolDownDays: z.number().min(0).max(3_650),
  /** At most so many firings for one lead, ever. */
  mostFirings: z.number().int().positive().optional(),
  /** A crossing whose moment is older than this when it is noticed switches the rule but fires nothing. */
  mostEventAgeHours: z
    .number()
    .positive()
    .max(24 * 365),
  actions: z.array(ruleActionSchema).min(1).max(10),
});
export type TriggerRule = z.infer<typeof triggerRuleSchema>;
