/** The latest so many instants are kept of one list; nothing in a model asks for more. */
export const MOST_INSTANTS = 5_000;

/** How many of the instants, which ascend, are not later than `limit`. */
export function countUpTo(instants: readonly number[], limit: number): number {
  let low = 0;
  let high = instants.length;
  // Most are asked for all or none of a list that was pruned a moment ago.
  if (high === 0 || (instants[0] ?? limit) > limit) return 0;
  if ((instants[high - 1] ?? limit) <= limit) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? limit) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts an instant where it belongs in an ascending list, most often at its end. Changes the list. */
export function insertAscending(instants: number[], at: number): void {
  let index = instants.length;
  while (index > 0 && (instants[index - 1] ?? at) > at) index -= 1;
  instants.splice(index, 0, at);
}

/**
 * The list under a key of a copied record as an array of its own, copied on first use: what differs from the record
 * before is its own. Changes the record. A key such as `__proto__` is a key like any other.
 */
export function ownInstants(
  record: Record<string, number[]>,
  key: string,
  before: Readonly<Record<string, number[]>>,
): number[] {
  const present = Object.hasOwn(record, key) ? record[key] : undefined;
  if (present !== undefined && present !== before[key]) return present;
  const copy = present === undefined ? [] : [...present];
  putOwn(record, key, copy);
  return copy;
}

/** Sets a property of the record's own, whatever the key. */
export function putOwn<T>(record: Record<string, T>, key: string, value: T): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Only the instants after `start`, and of each list the latest 5,000; the same record if that is all. */
export function instantsAfter(record: Record<string, number[]>, start: number): Record<string, number[]> {
  if (Object.values(record).every((instants) => isWhole(instants, start))) return record;
  return Object.fromEntries(
    Object.entries(record)
      .map(([key, instants]) => [key, instants.slice(firstKept(instants, start))] as const)
      .filter(([, instants]) => instants.length > 0),
  );
}

function isWhole(instants: readonly number[], start: number): boolean {
  return instants.length <= MOST_INSTANTS && (instants[0] ?? Number.POSITIVE_INFINITY) > start;
}

function firstKept(instants: readonly number[], start: number): number {
  return Math.max(instants.length - MOST_INSTANTS, countUpTo(instants, start), 0);
}
