import type { CompiledModel, ConditionLeaf, Truth } from '@rekindle/scoring';
import type { LeadSubject } from './lead.subject';

/**
 * What kind of value a fact has, which decides the operators it takes.
 * `measure` changes continuously (no equality), `count` in whole steps, `any` is whatever the lead's record holds.
 */
export type FactType = 'measure' | 'count' | 'choice' | 'flag' | 'any';

/** A leaf prepared once for a model: what a fact needs to answer it without looking anything up again. */
export interface LeafScope {
  readonly leaf: ConditionLeaf;
  readonly model: CompiledModel;
  /** Keys of the signals the leaf is about, for facts with `hasSignals`. */
  readonly signals: readonly string[];
  /** The leaf's comparison; undefined: the value is unknown. */
  readonly holds: (value: unknown) => Truth;
  /** Numbers at which the comparison can flip. */
  readonly thresholds: readonly number[];
}

/** One thing a condition may ask about a lead. */
export interface FactDefinition {
  readonly key: string;
  /** Its name where a fact is picked. */
  readonly label: string;
  readonly type: FactType;
  /** Written after a number in sentences. */
  readonly unit?: string;
  /** The leaf must name a property by `path`. */
  readonly hasPath?: boolean;
  /** The leaf may narrow the fact to some `signals`, by key or kind. */
  readonly hasSignals?: boolean;
  /** Whether "for so many days" makes sense: the instants at which the value changes are known exactly. */
  readonly allowsForDays: boolean;
  /** The values a choice may take under a model. */
  readonly choices?: (model: CompiledModel) => string[];
  /** The value at an instant (epoch ms, not before the lead's last event); undefined while unknown. */
  readonly value: (subject: LeadSubject, at: number, scope: LeafScope) => unknown;
  /** Earliest whole ms after `at` at which the leaf's comparison may change without an event; null: never. */
  readonly nextChange: (subject: LeadSubject, at: number, scope: LeafScope) => number | null;
  /** The fact as a noun phrase inside a sentence. */
  readonly noun: (leaf: ConditionLeaf) => string;
  /** A whole clause where "noun operator value" reads badly; undefined falls back to that. */
  readonly clause?: (leaf: ConditionLeaf) => string | undefined;
}

/** For facts that only events or edits change. */
export const never = (): null => null;
