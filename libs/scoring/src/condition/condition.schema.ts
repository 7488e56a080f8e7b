import { z } from 'zod';
import { type Condition, type ConditionLeaf, type Operator, conditionLeafSchema } from './condition';

/** Bounds of one condition tree: leaves in all, and levels (a single leaf is one level). */
export const MOST_LEAVES = 50;
export const MOST_DEPTH = 5;

type ValueShape = 'none' | 'scalar' | 'number' | 'range' | 'list' | 'text';

const shapeOfOperator: Readonly<Record<Operator, ValueShape>> = {
  eq: 'scalar',
  ne: 'scalar',
  gt: 'number',
  gte: 'number',
  lt: 'number',
  lte: 'number',
  between: 'range',
  in: 'list',
  notIn: 'list',
  contains: 'text',
  startsWith: 'text',
  endsWith: 'text',
  exists: 'none',
  missing: 'none',
};

const shapeChecks: Readonly<Record<ValueShape, { fits: (value: ConditionLeaf['value']) => boolean; words: string }>> = {
  none: { fits: (value) => value === undefined, words: 'takes no value' },
  scalar: {
    fits: (value) => value !== undefined && !Array.isArray(value),
    words: 'needs one text, number or true/false',
  },
  number: { fits: (value) => typeof value === 'number', words: 'needs a number' },
  range: { fits: isRange, words: 'needs two numbers, the smaller first' },
  list: { fits: (value) => Array.isArray(value) && value.length > 0, words: 'needs a list with at least one entry' },
  text: { fits: (value) => typeof value === 'string' && value.trim() !== '', words: 'needs a text that is not blank' },
};

function isRange(value: ConditionLeaf['value']): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value;
  return typeof low === 'number' && typeof high === 'number' && low <= high;
}

const leafSchema = conditionLeafSchema.superRefine((leaf, context) => {
  const check = shapeChecks[shapeOfOperator[leaf.operator]];
  if (!check.fits(leaf.value)) {
    context.addIssue({ code: 'custom', path: ['value'], message: `The operator "${leaf.operator}" ${check.words}.` });
  }
});

const branchSchema = z.lazy(() => z.array(nodeSchema).min(1).max(MOST_LEAVES));
const nodeSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    leafSchema,
    z.strictObject({ all: branchSchema }),
    z.strictObject({ any: branchSchema }),
    z.strictObject({ not: nodeSchema }),
  ]),
);

/** Level by level and never deeper than the bound, so that a hostile nesting costs nothing. */
function exceedsBounds(tree: unknown): string | null {
  let level: unknown[] = [tree];
  let leaves = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MOST_DEPTH) return `A condition may be nested at most ${MOST_DEPTH} levels deep.`;
    const next: unknown[] = [];
    for (const node of level) {
      const children = childrenOf(node);
      if (children === null) leaves += 1;
      else for (const child of children) next.push(child);
    }
    if (leaves + next.length > MOST_LEAVES * MOST_DEPTH || leaves > MOST_LEAVES) {
      return `A condition may have at most ${MOST_LEAVES} comparisons.`;
    }
    level = next;
  }
  return null;
}

function childrenOf(node: unknown): readonly unknown[] | null {
  if (typeof node !== 'object' || node === null) return null;
  if ('all' in node && Array.isArray(node.all)) return node.all;
  if ('any' in node && Array.isArray(node.any)) return node.any;
  if ('not' in node) return [node.not];
  return null;
}

/**
 * A condition tree from outside. Refuses more than 50 leaves, more than 5 levels (a leaf alone is one level),
 * empty `all`/`any` and values that do not suit their operator; every error carries its path.
 */
export const conditionSchema = z.preprocess((tree, context) => {
  const problem = exceedsBounds(tree);
  if (problem !== null) context.issues.push({ code: 'custom', message: problem, input: tree });
  return tree;
}, nodeSchema);
