import { compareLeaf, DAY_MS, type CompiledModel, type ConditionLeaf, type Truth } from '@rekindle/scoring';
import { facts } from '../facts/fact.registry';
import type { LeafScope } from '../facts/fact';
import type { LeadSubject } from '../facts/lead.subject';

/** A leaf ready to be asked. `key` names it inside its rule, where its "held since" is kept. */
export interface CompiledLeaf {
  readonly key: string;
  readonly fact: string;
  /** How long the comparison must have held, in ms; null: an instant is enough. */
  readonly forMs: number | null;
  /** The bare comparison, whatever `forDays` says. */
  readonly holds: (subject: LeadSubject, at: number) => Truth;
  /** Earliest ms after `at` at which the bare comparison may change without an event. */
  readonly nextChange: (subject: LeadSubject, at: number) => number | null;
}

function thresholdsOf({ value }: ConditionLeaf): number[] {
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((entry) => (typeof entry === 'number' ? [entry] : []));
}

/** Keys of the signals a leaf names by key or kind; every signal that is not negative when it names none. */
function signalsOf(leaf: ConditionLeaf, model: CompiledModel): string[] {
  const { signals } = model.document.engagement;
  const named = leaf.signals;
  const chosen =
    named === undefined
      ? signals.filter((signal) => signal.kind !== 'negative')
      : signals.filter((signal) => named.includes(signal.key) || named.includes(signal.kind));
  return chosen.map((signal) => signal.key);
}

/** Prepares one leaf of a valid rule for a model. */
export function compileLeaf(leaf: ConditionLeaf, key: string, model: CompiledModel): CompiledLeaf {
  const fact = facts.get(leaf.fact);
  if (fact === undefined) throw new Error(`Unknown fact "${leaf.fact}": validate the rule before compiling it.`);
  const scope: LeafScope = {
    leaf,
    model,
    signals: fact.hasSignals === true ? signalsOf(leaf, model) : [],
    holds: compareLeaf(leaf),
    thresholds: thresholdsOf(leaf),
  };
  return {
    key,
    fact: fact.key,
    forMs: leaf.forDays === undefined ? null : Math.ceil(leaf.forDays * DAY_MS),
    holds: (subject, at) => scope.holds(fact.value(subject, at, scope)),
    nextChange: (subject, at) => fact.nextChange(subject, at, scope),
  };
}
