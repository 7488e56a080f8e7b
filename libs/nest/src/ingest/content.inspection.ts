import { MOST_DEPTH } from './body.parser';

const MOST_PROPERTIES = 255;
const MOST_KEY_LENGTH = 128;
const MOST_STRING_LENGTH = 32 * 1024;
const MOST_KEYS_BY_HAND = 12;

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
/** NUL, and surrogates without their partner: PostgreSQL stores neither. */
const unstorable = /[\0\ud800-\udfff]/u;
/** Text that stands in JSON as it is: printable ASCII without quotes and backslashes. */
const plain = /^[ !#-[\]-~]*$/;

/** Why a value cannot be stored. */
export type ContentCode =
  | 'forbidden_key'
  | 'key_too_long'
  | 'too_many_properties'
  | 'string_too_long'
  | 'invalid_character'
  | 'non_finite_number'
  | 'too_deep'
  | 'invalid_value';

/** The one text of a value (JSON, keys in order), or why it is refused. */
export type Inspection = { text: string } | { code: ContentCode };

/** The keys in order, in place. Nearly all objects have few, for which sorting at large costs more than it does. */
function inOrder(keys: string[]): string[] {
  if (keys.length > MOST_KEYS_BY_HAND) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    let place = index;
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place] = before;
      place -= 1;
    }
    keys[place] = key;
  }
  return keys;
}

/** Walks one value; remembers the first thing wrong and stops looking further. */
class Inspector {
  code: ContentCode | null = null;

  textOf(value: unknown, depth: number): string {
    if (this.code !== null) return '';
    return typeof value === 'object' && value !== null ? this.textOfNested(value, depth) : this.textOfScalar(value);
  }

  private textOfScalar(value: unknown): string {
    if (typeof value === 'string') return this.textOfString(value);
    if (typeof value === 'number') return Number.isFinite(value) ? String(value) : this.refuse('non_finite_number');
    if (value === null || value === undefined) return 'null';
    return typeof value === 'boolean' ? String(value) : this.refuse('invalid_value');
  }

  private textOfNested(value: object, depth: number): string {
    if (depth >= MOST_DEPTH) return this.refuse('too_deep');
    return Array.isArray(value) ? this.textOfArray(value, depth) : this.textOfObject(value, depth);
  }

  private refuse(code: ContentCode): string {
    this.code ??= code;
    return '';
  }

  private textOfString(value: string): string {
    if (value.length > MOST_STRING_LENGTH) return this.refuse('string_too_long');
    if (plain.test(value)) return `"${value}"`;
    return unstorable.test(value) ? this.refuse('invalid_character') : JSON.stringify(value);
  }

  private textOfArray(values: readonly unknown[], depth: number): string {
    let text = '[';
    for (const value of values) text += `${this.textOf(value, depth + 1)},`;
    return `${text}]`;
  }

  private textOfObject(value: object, depth: number): string {
    const keys = Object.keys(value);
    if (keys.length > MOST_PROPERTIES) return this.refuse('too_many_properties');
    let text = '{';
    for (const key of inOrder(keys)) {
      text += `${this.textOfKey(key)}:${this.textOf((value as Record<string, unknown>)[key], depth + 1)},`;
    }
    return `${text}}`;
  }

  private textOfKey(key: string): string {
    if (forbiddenKeys.has(key)) return this.refuse('forbidden_key');
    return key.length > MOST_KEY_LENGTH ? this.refuse('key_too_long') : this.textOfString(key);
  }
}

/** Checks everything a value holds, at every depth, and gives the text that two values share exactly if they are equal. */
export function inspectContent(value: unknown): Inspection {
  const inspector = new Inspector();
  const text = inspector.textOf(value, 0);
  return inspector.code === null ? { text } : { code: inspector.code };
}
