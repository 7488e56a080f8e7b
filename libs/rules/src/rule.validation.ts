import { leavesOf, type CompiledModel, type Condition, type ConditionLeaf, type Operator } from '@rekindle/scoring';
import type { z } from 'zod';
import { facts } from './facts/fact.registry';
import type { FactDefinition, FactType } from './facts/fact';
import { triggerRuleSchema } from './rule.schema';

/** One thing wrong with a rule. `path` leads to it from the rule's root, like `when.all.0.operator`. */
export interface RuleIssue {
  path: string;
  code:
    | 'shape'
    | 'unknown-fact'
    | 'operator-not-for-fact'
    | 'value-not-for-fact'
    | 'path-needed'
    | 'path-not-for-fact'
    | 'signals-not-for-fact'
    | 'unknown-signal'
    | 'for-days-not-for-fact';
  message: string;
}

const orderings: readonly Operator[] = ['gt', 'gte', 'lt', 'lte', 'between'];
const equalities: readonly Operator[] = ['eq', 'ne', 'in', 'notIn'];
const presences: readonly Operator[] = ['exists', 'missing'];
const textSearches: readonly Operator[] = ['contains', 'startsWith', 'endsWith'];

/** The operators each type of fact takes. */
export const operatorsOf: Readonly<Record<FactType, readonly Operator[]>> = {
  measure: [...orderings, ...presences],
  count: [...orderings, ...equalities, ...presences],
  choice: [...equalities, ...presences],
  flag: ['eq', 'ne', ...presences],
  any: [...orderings, ...equalities, ...presences, ...textSearches],
};

interface TypeCheck {
  fits: (value: unknown, choices: readonly string[] | undefined) => boolean;
  needs: (choices: readonly string[] | undefined) => string;
}

const isNumber: TypeCheck = { fits: (value) => typeof value === 'number', needs: () => 'a number' };

const typeChecks: Readonly<Record<FactType, TypeCheck>> = {
  measure: isNumber,
  count: isNumber,
  flag: { fits: (value) => typeof value === 'boolean', needs: () => 'true or false' },
  any: { fits: () => true, needs: () => 'a value' },
  choice: {
    fits: (value, choices) => typeof value === 'string' && (choices?.some((choice) => isSame(choice, value)) ?? true),
    needs: (choices) => (choices === undefined ? 'a text' : `one of ${choices.join(', ')}`),
  },
};

/** Compared as conditions compare text: trimmed, regardless of case. */
function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function valueIssue(leaf: ConditionLeaf, fact: FactDefinition, model: CompiledModel | undefined): string | undefined {
  const values = Array.isArray(leaf.value) ? leaf.value : leaf.value === undefined ? [] : [leaf.value];
  const choices = model === undefined ? undefined : fact.choices?.(model);
  const check = typeChecks[fact.type];
  const isBad = values.some((value) => !check.fits(value, choices));
  return isBad ? `${fact.label} needs ${check.needs(choices)}.` : undefined;
}

function signalIssues(path: string, { signals }: ConditionLeaf, model: CompiledModel): RuleIssue[] {
  const defined = model.document.engagement.signals;
  return (signals ?? []).flatMap((name, index) => {
    if (defined.some(({ key, kind }) => key === name || kind === name)) return [];
    const message = `The scoring model has no signal or kind of signal "${name}".`;
    return [{ path: `${path}.signals.${index}`, code: 'unknown-signal' as const, message }];
  });
}

function pathIssue(path: string, leaf: ConditionLeaf, fact: FactDefinition): RuleIssue[] {
  const needsPath = fact.hasPath === true;
  if (needsPath === (leaf.path !== undefined)) return [];
  const where = `${path}.path`;
  return needsPath
    ? [{ path: where, code: 'path-needed', message: `${fact.label} needs the name of a property.` }]
    : [{ path: where, code: 'path-not-for-fact', message: `${fact.label} has no properties to name.` }];
}

function leafIssues(path: string, leaf: ConditionLeaf, model: CompiledModel | undefined): RuleIssue[] {
  const fact = facts.get(leaf.fact);
  if (fact === undefined) {
    return [{ path: `${path}.fact`, code: 'unknown-fact', message: `There is no fact "${leaf.fact}".` }];
  }
  const issues = pathIssue(path, leaf, fact);
  if (!operatorsOf[fact.type].includes(leaf.operator)) {
    const message = `${fact.label} cannot be compared with "${leaf.operator}".`;
    issues.push({ path: `${path}.operator`, code: 'operator-not-for-fact', message });
  }
  const message = valueIssue(leaf, fact, model);
  if (message !== undefined) issues.push({ path: `${path}.value`, code: 'value-not-for-fact', message });
  if (leaf.signals !== undefined && fact.hasSignals !== true) {
    const text = `${fact.label} cannot be narrowed to signals.`;
    issues.push({ path: `${path}.signals`, code: 'signals-not-for-fact', message: text });
  } else if (model !== undefined) issues.push(...signalIssues(path, leaf, model));
  if (leaf.forDays !== undefined && !fact.allowsForDays) {
    const text = `${fact.label} cannot be asked "for so many days".`;
    issues.push({ path: `${path}.forDays`, code: 'for-days-not-for-fact', message: text });
  }
  return issues;
}

function treeIssues(root: string, tree: Condition, model: CompiledModel | undefined): RuleIssue[] {
  return leavesOf(tree).flatMap(({ leaf, path }) => leafIssues(`${root}${path}`, leaf, model));
}

type ShapeIssue = z.core.$ZodIssue;

/** Of the alternatives of a union the one with the least wrong. */
function nearestAlternative(alternatives: readonly (readonly ShapeIssue[])[]): readonly ShapeIssue[] | undefined {
  const wrongs = (issues: readonly ShapeIssue[]): number =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
  return [...alternatives].sort((one, other) => wrongs(one) - wrongs(other))[0];
}

function shapeIssues(issues: readonly ShapeIssue[], prefix: readonly PropertyKey[]): RuleIssue[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    const nearest = issue.code === 'invalid_union' ? nearestAlternative(issue.errors) : undefined;
    if (nearest !== undefined) return shapeIssues(nearest, path);
    return [{ path: path.map(String).join('.'), code: 'shape' as const, message: issue.message }];
  });
}

/**
 * Everything wrong with a rule document, with its path; empty when it can run. Shape first, then sense.
 * With a model also the names of signals, bands, tiers and cells are checked.
 */
export function ruleIssues(document: unknown, model?: CompiledModel): RuleIssue[] {
  const parsed = triggerRuleSchema.safeParse(document);
  if (!parsed.success) return shapeIssues(parsed.error.issues, []);
  const { when, until } = parsed.data;
  return [...treeIssues('when', when, model), ...(until === undefined ? [] : treeIssues('until', until, model))];
}

/** Everything wrong with a condition that stands alone (an audience, a filter), with its path. */
export function conditionIssues(tree: Condition, model?: CompiledModel): RuleIssue[] {
  return treeIssues('', tree, model).map((issue) => ({ ...issue, path: issue.path.slice(1) }));
}
