import { z } from 'zod';

/** Three-valued truth: `undefined` means a fact the condition needs is unknown. */
export type Truth = boolean | undefined;

/** Operators a leaf may use. `ne` and `notIn` are true for an unknown value ("is not A, or unknown"). */
export const operatorSchema = z.enum([
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'endsWith',
  'exists',
  'missing',
]);
export type Operator = z.infer<typeof operatorSchema>;

const scalarSchema = z.union([z.string().max(1_000), z.number(), z.boolean()]);

/**
 * One leaf: a fact compared with a value.
 * `path` names a property inside facts that hold records (`event.property`, `lead.trait`).
 * `signals` narrows facts about engagement signals to the named ones.
 * `forDays` asks that the comparison has held without interruption for so many days (rules only).
 */
export const conditionLeafSchema = z.strictObject({
  fact: z.string().min(1).max(100),
  path: z.string().min(1).max(200).optional(),
  signals: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
  operator: operatorSchema,
  value: z.union([scalarSchema, z.array(scalarSchema).max(500)]).optional(),
  forDays: z.number().positive().max(3_650).optional(),
});
export type ConditionLeaf = z.infer<typeof conditionLeafSchema>;

/** The one condition tree: leaves joined by `all`, `any` and `not`. Bounds: 50 leaves, depth 5. */
export type Condition = ConditionLeaf | { all: Condition[] } | { any: Condition[] } | { not: Condition };
