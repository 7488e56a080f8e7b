import type { ScoringEvent } from '../profile';
import type { Condition, ConditionLeaf } from './condition';
import { compileEventMatcher } from './condition.matcher';
import { residualOf } from './condition.residual';
import { compareLeaf } from './leaf.compare';

/** What is looked for, and the condition by which it takes an event. */
export interface DispatchEntry<T> {
  readonly match: Condition;
  readonly value: T;
}

interface Candidate<T> {
  readonly value: T;
  /** Null: type and name decide, there is nothing more to look at. */
  readonly matches: ((event: ScoringEvent) => boolean) | null;
}

/** So many pairs of type and name are remembered; events of further ones are asked about every condition in full. */
const MOST_PAIRS = 2_000;

/** What type and name of an event say of a leaf; undefined where they do not decide. */
function truthByName(leaf: ConditionLeaf, { type, name }: ScoringEvent): boolean | undefined {
  if (leaf.fact === 'event.type') return compareLeaf(leaf)(type);
  return leaf.fact === 'event.name' ? compareLeaf(leaf)(name) : undefined;
}

function candidatesFor<T>(event: ScoringEvent, entries: readonly DispatchEntry<T>[]): Candidate<T>[] {
  const candidates: Candidate<T>[] = [];
  for (const { match, value } of entries) {
    const residual = residualOf(match, (leaf) => truthByName(leaf, event));
    if (residual === false) continue;
    candidates.push({ value, matches: residual === true ? null : compileEventMatcher(residual) });
    if (residual === true) break;
  }
  return candidates;
}

/** Candidates by type and name of an event, worked out when first asked for; null for a pair beyond the bound. */
class CandidateMemo<T> {
  readonly #entries: readonly DispatchEntry<T>[];
  readonly #byType = new Map<string, Map<string | null, readonly Candidate<T>[]>>();
  #pairs = 0;

  constructor(entries: readonly DispatchEntry<T>[]) {
    this.#entries = entries;
  }

  of(event: ScoringEvent): readonly Candidate<T>[] | null {
    return this.#byType.get(event.type)?.get(event.name) ?? this.#find(event);
  }

  #find(event: ScoringEvent): readonly Candidate<T>[] | null {
    if (this.#pairs >= MOST_PAIRS) return null;
    this.#pairs += 1;
    const byName = this.#byType.get(event.type) ?? new Map<string | null, readonly Candidate<T>[]>();
    const candidates = candidatesFor(event, this.#entries);
    this.#byType.set(event.type, byName.set(event.name, candidates));
    return candidates;
  }
}

/**
 * Finds the first entry whose condition takes an event; null when none does. What type and name of an event decide is
 * worked out once for each pair and remembered, so that an event is asked only what is still open.
 */
export function compileDispatch<T>(entries: readonly DispatchEntry<T>[]): (event: ScoringEvent) => T | null {
  const memo = new CandidateMemo(entries);
  const all = entries.map(({ match, value }): Candidate<T> => ({ value, matches: compileEventMatcher(match) }));
  return (event) => {
    for (const { matches, value } of memo.of(event) ?? all) {
      if (matches === null || matches(event)) return value;
    }
    return null;
  };
}
