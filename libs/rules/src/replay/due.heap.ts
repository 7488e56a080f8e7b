/** Something that falls due at an instant (epoch ms), and where the heap keeps it; null and -1 while it does not. */
export interface DueEntry {
  readonly leadId: string;
  dueAt: number | null;
  heapIndex: number;
}

function isBefore(one: DueEntry, other: DueEntry): boolean {
  const [left, right] = [one.dueAt ?? Infinity, other.dueAt ?? Infinity];
  return left === right ? one.leadId < other.leadId : left < right;
}

/**
 * Leads by the instant at which they fall due, those of one instant by id, so that the order never depends on how the
 * leads came in. A binary heap with one place per lead: moving a lead leaves nothing behind.
 */
export class DueHeap<T extends DueEntry> {
  readonly #entries: T[] = [];

  /** The lead that falls due first; undefined when none ever does. */
  get first(): T | undefined {
    return this.#entries[0];
  }

  /** Puts a lead at its new due instant (epoch ms); null takes it out. */
  place(entry: T, dueAt: number | null): void {
    entry.dueAt = dueAt;
    if (dueAt === null) {
      this.#remove(entry);
      return;
    }
    if (entry.heapIndex < 0) this.#put(entry, this.#entries.length);
    this.#settle(entry);
  }

  #remove(entry: T): void {
    const { heapIndex } = entry;
    if (heapIndex < 0) return;
    entry.heapIndex = -1;
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#put(last, heapIndex);
    this.#settle(last);
  }

  #settle(entry: T): void {
    this.#rise(entry);
    this.#sink(entry);
  }

  #rise(entry: T): void {
    for (;;) {
      const parentIndex = (entry.heapIndex - 1) >> 1;
      const parent = this.#entries[parentIndex];
      if (parent === undefined || !isBefore(entry, parent)) return;
      this.#put(parent, entry.heapIndex);
      this.#put(entry, parentIndex);
    }
  }

  #sink(entry: T): void {
    for (;;) {
      const left = this.#entries[2 * entry.heapIndex + 1];
      const right = this.#entries[2 * entry.heapIndex + 2];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, entry)) return;
      const childIndex = child.heapIndex;
      this.#put(child, entry.heapIndex);
      this.#put(entry, childIndex);
    }
  }

  #put(entry: T, index: number): void {
    this.#entries[index] = entry;
    entry.heapIndex = index;
  }
}
