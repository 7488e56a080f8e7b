import type { Condition } from '../condition/condition';
import { attributeLeafProblem, eventLeafProblem } from '../condition/condition.matcher';
import { duplicates, ladder, leafIssues, type ModelIssue } from './model.check';
import type { LifecycleSettings, UsageSettings, UsageTier } from './model.schema';
import { lifecycleDaysOf } from './usage.compile';

/** What makes no sense in the usage part of a model, though its shape is right. */
export function usageIssues(usage: UsageSettings): ModelIssue[] {
  const { segments = [], products = [], features = [], lifecycle } = usage;
  return [
    ...tableIssues('usage.tiers', usage.tiers),
    ...Object.entries({ segments, products, features }).flatMap(([name, entries]) => [
      ...duplicates(`usage.${name}`, entries),
      ...entries.flatMap(({ tiers }, index) => tableIssues(`usage.${name}.${index}.tiers`, tiers)),
    ]),
    ...weightIssues(usage),
    ...eventIssues('usage.match', usage.match),
    ...eventIssues('usage.exclude', usage.exclude),
    ...segments.flatMap(({ match }, index) => leafIssues(`usage.segments.${index}.match`, match, attributeLeafProblem)),
    ...products.flatMap(({ match }, index) => eventIssues(`usage.products.${index}.match`, match)),
    ...(lifecycle === undefined ? [] : lifecycleIssues(lifecycle)),
  ];
}

function tableIssues(path: string, tiers: readonly UsageTier[]): ModelIssue[] {
  const cutOffs = tiers.map(({ minEvents }) => minEvents);
  return [...duplicates(path, tiers), ...ladder(path, 'minEvents', cutOffs)];
}

function weightIssues({ weights }: UsageSettings): ModelIssue[] {
  const { frequency, recency, diversity } = weights;
  return frequency + recency + diversity > 0
    ? []
    : [{ path: 'usage.weights', message: 'At least one weight must be above 0.' }];
}

function eventIssues(path: string, match: Condition | undefined): ModelIssue[] {
  return match === undefined ? [] : leafIssues(path, match, eventLeafProblem);
}

function lifecycleIssues(lifecycle: LifecycleSettings): ModelIssue[] {
  const { active, churned } = lifecycleDaysOf(lifecycle);
  const order =
    active < churned
      ? []
      : [{ path: 'usage.lifecycle.churnedDays', message: 'Must be more days than a lead stays active.' }];
  return [
    ...order,
    ...eventIssues('usage.lifecycle.activation', lifecycle.activation),
    ...eventIssues('usage.lifecycle.core', lifecycle.core),
    ...eventIssues('usage.lifecycle.sessionStart', lifecycle.sessionStart),
  ];
}
