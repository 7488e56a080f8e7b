import type { Condition, ConditionLeaf } from '../condition/condition';
import { leavesOf } from '../condition/condition.compile';

/** One error of a model document: where (`engagement.signals.3.match.all.0.value`) and what. */
export interface ModelIssue {
  path: string;
  message: string;
}

/** Keys used twice. */
export function duplicates(path: string, entries: readonly { key: string }[]): ModelIssue[] {
  const seen = new Set<string>();
  return entries.flatMap(({ key }, index) => {
    if (seen.has(key)) return [{ path: `${path}.${index}.key`, message: `The key "${key}" is used twice.` }];
    seen.add(key);
    return [];
  });
}

/** Cut-offs fall strictly and end at 0, so that every value falls in exactly one step. */
export function ladder(path: string, field: string, cutOffs: readonly number[]): ModelIssue[] {
  const issues = cutOffs.flatMap((cutOff, index) => {
    const above = cutOffs[index - 1];
    return above !== undefined && cutOff >= above
      ? [{ path: `${path}.${index}.${field}`, message: 'Must be lower than the one before it.' }]
      : [];
  });
  const last = cutOffs.length - 1;
  if (cutOffs[last] !== 0) issues.push({ path: `${path}.${last}.${field}`, message: 'The last one must be 0.' });
  return issues;
}

/** What is wrong with the leaves of a condition, by `problemOf`. */
export function leafIssues(
  path: string,
  tree: Condition,
  problemOf: (leaf: ConditionLeaf) => string | null,
): ModelIssue[] {
  return leavesOf(tree).flatMap(({ leaf, path: inner }) => {
    const message = problemOf(leaf);
    return message === null ? [] : [{ path: `${path}${inner}`, message }];
  });
}
