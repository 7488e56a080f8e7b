/** How many leads had a value before and have it after. */
export interface ValueCount {
  /** Null: none (no score, no usage, nothing known). */
  value: string | null;
  before: number;
  after: number;
}

/** How many leads go from one value to another. */
export interface ValueMove {
  from: string | null;
  to: string | null;
  leads: number;
}

/** What becomes of one reading of the leads, such as their band. */
export interface ValueEffect {
  /** Leads whose value changes. */
  changed: number;
  /** Every value of either model, in the order of the models, and none if it occurs. */
  counts: ValueCount[];
  /** From the most frequent down. */
  moves: ValueMove[];
}

/** Counts the values of one reading before and after; needs as much memory as there are values. */
export class ValueTally {
  readonly #counts = new Map<string | null, ValueCount>();
  readonly #moves = new Map<string, ValueMove>();
  #changed = 0;

  constructor(values: Iterable<string>) {
    for (const value of values) this.#countOf(value);
  }

  add(from: string | null, to: string | null): void {
    this.#countOf(from).before += 1;
    this.#countOf(to).after += 1;
    if (from === to) return;
    this.#changed += 1;
    const key = JSON.stringify([from, to]);
    const move = this.#moves.get(key);
    if (move === undefined) this.#moves.set(key, { from, to, leads: 1 });
    else move.leads += 1;
  }

  result(): ValueEffect {
    const moves = [...this.#moves].sort(
      ([key, one], [otherKey, other]) => other.leads - one.leads || (key < otherKey ? -1 : 1),
    );
    return {
      changed: this.#changed,
      counts: [...this.#counts.values()].map((count) => ({ ...count })),
      moves: moves.map(([, move]) => ({ ...move })),
    };
  }

  #countOf(value: string | null): ValueCount {
    const present = this.#counts.get(value);
    if (present !== undefined) return present;
    const count = { value, before: 0, after: 0 };
    this.#counts.set(value, count);
    return count;
  }
}
