import type { Condition, ConditionLeaf, Operator } from './condition';

/** How a family of facts is spoken of. */
export interface LeafWording {
  /** The fact of a leaf as a noun phrase. */
  readonly noun: (leaf: ConditionLeaf) => string;
  /** Written after the leaf's value. */
  readonly unit?: (leaf: ConditionLeaf) => string | undefined;
  /** A whole clause where "noun operator value" reads badly; undefined falls back to that. */
  readonly clause?: (leaf: ConditionLeaf) => string | undefined;
}

const operatorWords: Readonly<Record<Operator, (value: string) => string>> = {
  eq: (value) => `is ${value}`,
  ne: (value) => `is not ${value}, or is unknown`,
  gt: (value) => `is above ${value}`,
  gte: (value) => `is at least ${value}`,
  lt: (value) => `is below ${value}`,
  lte: (value) => `is at most ${value}`,
  between: (value) => `is between ${value}`,
  in: (value) => `is ${value}`,
  notIn: (value) => `is not ${value}, or is unknown`,
  contains: (value) => `contains ${value}`,
  startsWith: (value) => `starts with ${value}`,
  endsWith: (value) => `ends with ${value}`,
  exists: () => 'is known',
  missing: () => 'is unknown',
};

function listed(parts: readonly string[], word: 'and' | 'or'): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1) ?? ''}`;
}

function valueWords({ operator, value }: ConditionLeaf, unit: string | undefined): string {
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const words = values.map((entry) => (typeof entry === 'string' ? `“${entry}”` : String(entry)));
  const text = listed(words, operator === 'between' ? 'and' : 'or');
  if (unit === undefined || text === '') return text;
  return unit === '%' ? `${text}%` : `${text} ${unit}`;
}

function leafWords(leaf: ConditionLeaf, { noun, unit, clause }: LeafWording): string {
  const words = clause?.(leaf) ?? `${noun(leaf)} ${operatorWords[leaf.operator](valueWords(leaf, unit?.(leaf)))}`;
  if (leaf.forDays === undefined) return words;
  return `${words} for ${leaf.forDays} day${leaf.forDays === 1 ? '' : 's'} without a break`;
}

/** A part of a longer sentence: what is itself joined by another word stands in brackets. */
function partWords(tree: Condition, joinedBy: 'and' | 'or', wording: LeafWording): string {
  const words = conditionWords(tree, wording);
  const isOther = joinedBy === 'and' ? 'any' in tree && tree.any.length > 1 : 'all' in tree && tree.all.length > 1;
  return isOther ? `(${words})` : words;
}

/** A condition in English, as the clause after "when". */
export function conditionWords(tree: Condition, wording: LeafWording): string {
  if ('all' in tree) return tree.all.map((part) => partWords(part, 'and', wording)).join(' and ');
  if ('any' in tree) return tree.any.map((part) => partWords(part, 'or', wording)).join(' or ');
  if (!('not' in tree)) return leafWords(tree, wording);
  const words = conditionWords(tree.not, wording);
  return `it is not so that ${'fact' in tree.not ? words : `(${words})`}`;
}

const plainNouns: ReadonlyMap<string, string> = new Map([
  ['event.type', 'the event’s type'],
  ['event.name', 'the event’s name'],
  ['event.property', 'the event’s'],
  ['event.context', 'the context’s'],
  ['event.pagePath', 'the page’s path'],
  ['lead.trait', 'the lead’s'],
  ['account.trait', 'the account’s'],
]);

/** How the facts of signals, usage and fit criteria are spoken of; unknown ones stand in quotation marks. */
export const modelWording: LeafWording = {
  noun: ({ fact, path }) => {
    const noun = plainNouns.get(fact) ?? `“${fact}”`;
    return path === undefined ? noun : `${noun} ${path}`;
  },
};
