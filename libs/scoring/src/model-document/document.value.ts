import type { Condition } from '../condition/condition';
import { conditionSchema } from '../condition/condition.schema';
import { conditionWords, modelWording } from '../condition/condition.words';

/** An object of JSON. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys of two records that have a value in either, those of the first in its order, then the new ones. */
export function keysOfBoth(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => before[key] !== undefined || after[key] !== undefined);
}

/** Whether two values are the same JSON: a key without a value is no key, and the order of keys means nothing. */
export function isSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((entry, index) => isSame(entry, after[index]));
  }
  if (isRecord(before) && isRecord(after)) {
    return keysOfBoth(before, after).every((key) => isSame(before[key], after[key]));
  }
  return false;
}

/** The value as a condition tree; null when it is none. */
export function conditionOf(value: unknown): Condition | null {
  if (!isRecord(value)) return null;
  if (!('fact' in value || 'all' in value || 'any' in value || 'not' in value)) return null;
  const parsed = conditionSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** `halfLifeDays` as "half life days". */
export function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
}

/** A value of a document in words. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueWords).join(', ');
  if (isRecord(value)) return recordWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? `“${value}”` : String(value);
}

function recordWords(record: Record<string, unknown>): string {
  const condition = conditionOf(record);
  if (condition !== null) return conditionWords(condition, modelWording);
  const parts = Object.entries(record).filter(([, part]) => part !== undefined);
  if (parts.length === 0) return 'by default';
  return `(${parts.map(([key, part]) => `${spaced(key)} ${valueWords(part)}`).join('; ')})`;
}
