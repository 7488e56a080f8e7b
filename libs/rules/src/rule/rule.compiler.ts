import { compileCondition, DAY_MS, type CompiledModel, type Condition, type Truth } from '@rekindle/scoring';
import type { LeadSubject } from '../facts/lead.subject';
import type { TriggerRule } from '../rule.schema';
import { compileLeaf, type CompiledLeaf } from './leaf.compiler';

const HOUR_MS = 3_600_000;

/** A lead at one instant (epoch ms), with since when each `forDays` leaf of the rule has held. */
export interface RuleMoment {
  readonly subject: LeadSubject;
  readonly at: number;
  readonly heldSince: Readonly<Record<string, number>>;
}

/** One condition of a rule and its leaves in reading order. */
export interface CompiledTree {
  readonly test: (moment: RuleMoment) => Truth;
  readonly leaves: readonly CompiledLeaf[];
}

/** A rule ready to run. Durations are ms. */
export interface CompiledRule {
  readonly key: string;
  readonly version: number;
  readonly document: TriggerRule;
  readonly when: CompiledTree;
  readonly until: CompiledTree | null;
  /** The leaves of both conditions that ask for a duration. */
  readonly lasting: readonly CompiledLeaf[];
  readonly coolDownMs: number;
  readonly mostEventAgeMs: number;
  readonly asksForSpike: boolean;
}

function lastsLongEnough(leaf: CompiledLeaf, forMs: number, { subject, at, heldSince }: RuleMoment): Truth {
  const since = heldSince[leaf.key];
  if (since !== undefined) return at - since >= forMs;
  return leaf.holds(subject, at) === undefined ? undefined : false;
}

function compileTree(tree: Condition, prefix: string, model: CompiledModel): CompiledTree {
  const leaves: CompiledLeaf[] = [];
  const test = compileCondition<RuleMoment>(tree, (document) => {
    const leaf = compileLeaf(document, `${prefix}${leaves.length}`, model);
    leaves.push(leaf);
    const { forMs } = leaf;
    if (forMs === null) return (moment) => leaf.holds(moment.subject, moment.at);
    return (moment) => lastsLongEnough(leaf, forMs, moment);
  });
  return { test, leaves };
}

/** Compiles a valid rule for a model. */
export function compileRule(document: TriggerRule, version: number, model: CompiledModel): CompiledRule {
  const when = compileTree(document.when, 'when.', model);
  const until = document.until === undefined ? null : compileTree(document.until, 'until.', model);
  const leaves = [...when.leaves, ...(until?.leaves ?? [])];
  return {
    key: document.key,
    version,
    document,
    when,
    until,
    lasting: leaves.filter((leaf) => leaf.forMs !== null),
    coolDownMs: document.coolDownDays * DAY_MS,
    mostEventAgeMs: document.mostEventAgeHours * HOUR_MS,
    asksForSpike: leaves.some((leaf) => leaf.fact === 'engagement.spike'),
  };
}
