import { conditionIssues } from '@rekindle/rules';
import { conditionSchema, leavesOf, signalKindSchema, type Condition } from '@rekindle/scoring';
import { z } from 'zod';

const keySchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

const stepSchema = z.strictObject({
  /** Key of a promotional mail template. */
  template: keySchema,
  /** Hours after the step before; of the first step, after the enrolment. */
  afterHours: z
    .number()
    .min(0)
    .max(24 * 365),
});

/** A filter is asked once, so that it cannot ask for how long something has held. */
function filterIssues(tree: Condition): { path: string; message: string }[] {
  const lasting = leavesOf(tree).filter(({ leaf }) => leaf.forDays !== undefined);
  return [
    ...conditionIssues(tree),
    ...lasting.map(({ path }) => ({ path: `${path}.forDays`.slice(1), message: 'Only a rule can ask for how long.' })),
  ];
}

const filterSchema = conditionSchema.superRefine((tree, context) => {
  for (const { path, message } of filterIssues(tree)) {
    context.addIssue({ code: 'custom', path: path.split('.'), message });
  }
});

/** A sequence of mails as sales ops write it. */
export const sequenceSchema = z.strictObject({
  key: keySchema,
  name: z.string().min(1).max(120),
  description: z.string().max(500).optional(),
  /** Who may enter, asked when a rule would enrol the lead: score, band, tier, traits. Without it: everybody. */
  entry: filterSchema.optional(),
  steps: z.array(stepSchema).min(1).max(20),
  /** A signal of one of these kinds ends an enrolment. Opens never should: machines open mail. */
  exits: z.array(signalKindSchema.exclude(['open', 'negative'])).max(10),
  /** Where the mails' button leads; default: the sender's own address. */
  buttonUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
});
export type SequenceDocument = z.infer<typeof sequenceSchema>;
export type ExitKind = SequenceDocument['exits'][number];
