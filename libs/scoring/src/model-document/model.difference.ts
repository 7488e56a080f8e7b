import type { ScoringModel } from '../model/model.schema';
import { conditionOf, isRecord, isSame, keysOfBoth, spaced, valueWords } from './document.value';
import { entryWords, fieldWords, needsEventsAt, withUnit, type EntryWords } from './document.words';

/** One thing in which two model documents differ. */
export interface ModelDifference {
  kind: 'changed' | 'added' | 'removed' | 'reordered';
  /** Where, as in `engagement.signals.3.weightPoints`: in the new document, for what was removed in the old one. */
  path: string;
  /** A line for people: "Pricing page visit: 6 → 8 points". */
  words: string;
  /** Stored profiles cannot tell what leads score under the change: it takes their events. */
  needsEvents: boolean;
}

/** A spot of a document: its path, the same with `*` for entries, and whom its fields belong to. */
interface Place {
  readonly path: string;
  readonly pattern: string;
  readonly owner: string;
}

interface Entry {
  readonly key: string;
  readonly index: number | string;
  readonly value: Record<string, unknown>;
}

type Side = readonly Entry[];

/**
 * In what two valid models differ, in words and in the order of the document; empty exactly when they are the same.
 * Entries of lists are told apart by their key: a new key is one removed and one added. Complete for fields that get
 * no words of their own, too.
 */
export function modelDifferences(before: ScoringModel, after: ScoringModel): ModelDifference[] {
  return differencesIn(before, after, { path: '', pattern: '', owner: '' });
}

function differencesIn(before: unknown, after: unknown, place: Place): ModelDifference[] {
  if (isSame(before, after)) return [];
  const words = entryWords.get(place.pattern);
  const sides = words === undefined ? null : sidesOf(before, after);
  const listed = words === undefined || sides === null ? [] : listDifferences(sides, words, place);
  if (listed.length > 0) return listed;
  if (isRecord(before) && isRecord(after) && conditionOf(before) === null && conditionOf(after) === null) {
    return keysOfBoth(before, after).flatMap((key) => differencesIn(before[key], after[key], fieldOf(place, key)));
  }
  return [difference('changed', place, changeWords(before, after, place))];
}

function fieldOf({ path, pattern, owner }: Place, key: string): Place {
  return { path: joined(path, key), pattern: joined(pattern, key), owner };
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function difference(kind: ModelDifference['kind'], { path, pattern }: Place, words: string): ModelDifference {
  return { kind, path, words, needsEvents: needsEventsAt(pattern) };
}

function changeWords(before: unknown, after: unknown, { pattern, owner }: Place): string {
  const field = fieldWords.get(pattern) ?? { name: nameOf(pattern, owner) };
  const [old, now] = [valueWords(before), valueWords(after)];
  const change = old === now ? `${now} (written differently)` : `${old} → ${now}`;
  const words = withUnit(change, after === undefined ? { name: field.name } : field);
  return owner === '' ? words : `${owner}: ${words}`;
}

/** A field nobody gave a name: below an entry its own, else with all that leads to it. */
function nameOf(pattern: string, owner: string): string {
  const steps = pattern.split('.');
  const own = owner === '' ? steps : steps.slice(steps.lastIndexOf('*') + 1);
  const name = own.map(spaced).join(', ');
  return owner === '' ? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : name;
}

/** Both lists by key; null when something in them has none or one is there twice. A list that is missing is empty. */
function sidesOf(before: unknown, after: unknown): [Side, Side] | null {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  return old === null || now === null ? null : [old, now];
}

function entriesOf(list: unknown): Side | null {
  if (list === undefined) return [];
  const indexed: [number | string, unknown][] = Array.isArray(list)
    ? list.map((value, index) => [index, value])
    : Object.entries(isRecord(list) ? list : {});
  const entries = indexed.flatMap(([index, value]) => {
    const key = isRecord(value) ? (value['key'] ?? value['grade'] ?? index) : null;
    return isRecord(value) && key !== null ? [{ key: String(key), index, value }] : [];
  });
  const isKeyed = entries.length === indexed.length && new Set(entries.map(({ key }) => key)).size === entries.length;
  return isKeyed ? entries : null;
}

function listDifferences([before, after]: [Side, Side], words: EntryWords, place: Place): ModelDifference[] {
  const [oldOnes, newOnes] = [byKey(before), byKey(after)];
  const said = (text: string): string => (place.owner === '' ? text : `${place.owner}: ${text}`);
  const changed = after.flatMap((entry) => {
    const old = oldOnes.get(entry.key);
    const at = entryPlace(entry, labelOf(old ?? entry), { words, place });
    if (old !== undefined) return differencesIn(old.value, entry.value, at);
    return [difference('added', at, said(`New ${words.noun} ${quoted(entry)}${gistOf(entry, words, at)}`))];
  });
  const removed = before.flatMap((entry) => {
    if (newOnes.has(entry.key)) return [];
    const at = entryPlace(entry, labelOf(entry), { words, place });
    return [difference('removed', at, said(`No ${words.noun} ${quoted(entry)} any more`))];
  });
  const [first, second] = firstMove(
    before.filter(({ key }) => newOnes.has(key)),
    after.filter(({ key }) => oldOnes.has(key)),
  );
  if (first === undefined || second === undefined) return [...changed, ...removed];
  const order = said(`Order of ${words.plural}: ${quoted(first)} now comes before ${quoted(second)}`);
  return [...changed, ...removed, difference('reordered', place, order)];
}

function byKey(side: Side): ReadonlyMap<string, Entry> {
  return new Map(side.map((entry) => [entry.key, entry]));
}

/** Of the same entries in two orders, the first that comes earlier than before, and which it passed. */
function firstMove(before: Side, after: Side): [Entry?, Entry?] {
  if (before.some(({ index }) => typeof index === 'string')) return [];
  const position = before.findIndex(({ key }, index) => after[index]?.key !== key);
  return [after[position], before[position]];
}

function entryPlace(entry: Entry, label: string, { words, place }: { words: EntryWords; place: Place }): Place {
  const own = words.isPlain === true ? label : `${words.noun} ${nameIn(entry, label)}`;
  return {
    path: joined(place.path, String(entry.index)),
    pattern: joined(place.pattern, '*'),
    owner: place.owner === '' ? `${own.slice(0, 1).toUpperCase()}${own.slice(1)}` : `${place.owner}, ${own}`,
  };
}

function labelOf({ key, value }: Entry): string {
  return typeof value['label'] === 'string' ? value['label'] : key;
}

function quoted(entry: Entry): string {
  return nameIn(entry, labelOf(entry));
}

/** Entries of a record go by their key first: `A1 “Call now”`. */
function nameIn({ key, index }: Entry, label: string): string {
  return typeof index === 'string' ? `${key} “${label}”` : `“${label}”`;
}

function gistOf({ value }: Entry, { gist }: EntryWords, { pattern }: Place): string {
  const field = gist === undefined ? undefined : fieldWords.get(joined(pattern, gist));
  return gist === undefined || field === undefined ? '' : ` (${withUnit(valueWords(value[gist]), field)})`;
}
