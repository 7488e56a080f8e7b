import type { ImportKind } from '@rekindle/contracts';
import { text } from '../text/catalogue';

const words = text.sources.imports;
const who = ['userId', 'email'];

const fieldsOfKind: Record<ImportKind, readonly string[]> = {
  leads: [...who, 'name', 'firstName', 'lastName', 'title', 'owner', 'company', 'groupId', 'doNotEmail', 'at'],
  accounts: ['groupId', 'name', 'domain'],
  events: [...who, 'anonymousId', 'event', 'at', 'messageId', 'groupId'],
  outcomes: [...who, 'outcome', 'at', 'amount'],
};
const freeOfKind: Record<ImportKind, 'trait' | 'property' | null> = {
  leads: 'trait',
  accounts: 'trait',
  events: 'property',
  outcomes: null,
};

function freeName(column: string): string {
  const parts = column
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? ['column'];
  return parts.join('_').slice(0, 100);
}

/** A target in words. */
export function targetWords(target: string): string {
  const [, prefix = '', name = ''] = /^(trait|property):(.+)$/.exec(target) ?? [];
  if (prefix !== '') return words.custom(words.prefixes[prefix] ?? prefix, name);
  return words.fields[target] ?? target;
}

/** What a column may become, with what it is now; the empty text leaves it out. */
export function targetChoices(
  kind: ImportKind,
  column: string,
  current: string | null,
): { value: string; label: string }[] {
  const free = freeOfKind[kind];
  const own = free === null ? [] : [`${free}:${freeName(column)}`];
  const targets = [...new Set([...(current === null ? [] : [current]), ...own, ...fieldsOfKind[kind]])];
  return [{ value: '', label: words.leftOut }, ...targets.map((value) => ({ value, label: targetWords(value) }))];
}
