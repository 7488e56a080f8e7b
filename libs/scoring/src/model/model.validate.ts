import { z } from 'zod';
import { attributeLeafProblem } from '../condition/condition.matcher';
import { engagementIssues } from './engagement.validate';
import { duplicates, ladder, leafIssues, type ModelIssue } from './model.check';
import {
  engagementSchema,
  fitSchema,
  prioritySchema,
  type ScoringModel,
  scoringModelSchema,
  usageSchema,
} from './model.schema';
import { usageIssues } from './usage.validate';

/** A model document that cannot be compiled; `issues` lists every error with its path. */
export class InvalidModelError extends Error {
  override readonly name = 'InvalidModelError';
  readonly code = 'model-invalid';

  constructor(readonly issues: readonly ModelIssue[]) {
    super(`The scoring model is not valid: ${issues.map(({ path, message }) => `${path}: ${message}`).join(' ')}`);
  }
}

/**
 * Every error of a model document with its path; empty when it can be published. Shape first, then sense; the sense of
 * a part (engagement, usage, fit, priority) is looked at once its own shape is right, whatever the others are like.
 */
export function modelIssues(document: unknown): ModelIssue[] {
  const parsed = scoringModelSchema.safeParse(document);
  if (parsed.success) return senseIssues(parsed.data);
  const parts = soundPartsSchema.safeParse(document);
  return [...shapeIssues(parsed.error.issues, []), ...(parts.success ? senseIssues(parts.data) : [])];
}

/** The document as a model, or an {@link InvalidModelError} with every error in it. */
export function parseModel(document: unknown): ScoringModel {
  const issues = modelIssues(document);
  if (issues.length > 0) throw new InvalidModelError(issues);
  return scoringModelSchema.parse(document);
}

/** Zod's issues in plain words; of a union only what is wrong with the nearest alternative. */
export function shapeIssues(issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[]): ModelIssue[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    const nearest = issue.code === 'invalid_union' ? nearestAlternative(issue.errors) : undefined;
    if (nearest !== undefined) return shapeIssues(nearest, path);
    return [{ path: path.map(String).join('.'), message: issue.message }];
  });
}

function nearestAlternative(alternatives: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const distance = (issues: readonly z.core.$ZodIssue[]): number =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return [...alternatives].sort((left, right) => distance(left) - distance(right))[0];
}

/** The parts of a document whose own shape is right. */
const soundPartsSchema = z.object({
  engagement: engagementSchema.optional().catch(undefined),
  usage: usageSchema.optional().catch(undefined),
  fit: fitSchema.optional().catch(undefined),
  priority: prioritySchema.optional().catch(undefined),
});

/** In the order of the document. */
function senseIssues({ engagement, usage, fit, priority }: z.infer<typeof soundPartsSchema>): ModelIssue[] {
  return [
    ...(engagement === undefined ? [] : engagementIssues(engagement)),
    ...(usage === undefined ? [] : usageIssues(usage)),
    ...(fit === undefined ? [] : fitIssues(fit)),
    ...(engagement === undefined || priority === undefined ? [] : cellIssues({ engagement, priority })),
  ];
}

function fitIssues({ criteria, grades }: ScoringModel['fit']): ModelIssue[] {
  const cutOffs = grades.map((grade) => grade.minScore);
  return [
    ...duplicates('fit.criteria', criteria),
    ...criteria.flatMap(({ match }, index) => leafIssues(`fit.criteria.${index}.match`, match, attributeLeafProblem)),
    ...ladder('fit.grades', 'minScore', cutOffs),
    ...gradeIssues(grades),
  ];
}

function gradeIssues(grades: ScoringModel['fit']['grades']): ModelIssue[] {
  return grades.flatMap(({ grade }, index) => {
    const expected = 'ABCD'[index];
    return grade === expected ? [] : [{ path: `fit.grades.${index}.grade`, message: `Must be ${expected}.` }];
  });
}

function cellIssues({ engagement, priority }: Pick<ScoringModel, 'engagement' | 'priority'>): ModelIssue[] {
  const numbers = Array.from({ length: engagement.bands.length + 1 }, (_, index) => index + 1);
  const needed = new Set(['A', 'B', 'C', 'D'].flatMap((grade) => numbers.map((number) => `${grade}${number}`)));
  const missing = [...needed].filter((cell) => !Object.hasOwn(priority.cells, cell));
  const surplus = Object.keys(priority.cells).filter((cell) => !needed.has(cell));
  return [
    ...missing.map((cell) => ({ path: `priority.cells.${cell}`, message: 'This cell is missing.' })),
    ...surplus.map((cell) => ({ path: `priority.cells.${cell}`, message: 'There is no such cell.' })),
  ];
}
