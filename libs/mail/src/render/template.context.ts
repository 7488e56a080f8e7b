/** What a template is rendered with: plain data, as JSON has it. Absent, null and blank all mean "not known". */
export type TemplateContext = { readonly [key: string]: TemplateValue };
export type TemplateValue =
  string | number | boolean | null | undefined | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

const MOST_DEPTH = 6;
const MOST_ITEMS = 100;
const MOST_CHARACTERS = 2_000;

/** Controls but tab and newline, lone surrogates, marks that turn the direction of text round, noncharacters. */

const unprintable =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu;
const junk = new Set(['undefined', 'null', 'nan', '[object object]']);
const forbiddenKeys = new Set(['constructor', 'prototype', 'toHTML', 'toJSON', 'toString', 'valueOf', 'then']);

/**
 * A copy of `context` that a template may see: objects without a prototype, scalars, arrays of at most 100 items,
 * texts of at most 2,000 characters on one line (line breaks become ", "). Whatever is blank, or the word "undefined" or "null",
 * is left out, so that "not known" has one form.
 */
export function safeContext(context: TemplateContext): Record<string, unknown> {
  return safeObject(context, 0);
}

function safeValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return safeText(value);
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (typeof value === 'boolean') {
    return value;
  }
  if (typeof value !== 'object' || value === null || depth >= MOST_DEPTH) {
    return undefined;
  }
  return Array.isArray(value) ? safeArray(value, depth) : safeObject(value, depth);
}

function safeText(value: string): string | undefined {
  const clipped = value.slice(0, MOST_CHARACTERS).replace(unprintable, '').trim();
  const text = clipped.replace(/\s*\n\s*/g, ', ').replace(/\s+/g, ' ');
  return text === '' || junk.has(text.toLowerCase()) ? undefined : text;
}

function safeArray(values: readonly unknown[], depth: number): unknown[] {
  return values
    .slice(0, MOST_ITEMS)
    .map((value) => safeValue(value, depth + 1))
    .filter((value) => value !== undefined);
}

/** Handlebars compares contexts with `!=`, which must not fail on an object without a prototype, nor find it equal. */
const comparable = { [Symbol.toPrimitive]: { value: () => '\u0000' } };

function safeObject(value: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = Object.create(null, comparable);
  for (const [key, item] of Object.entries(value)) {
    const safe = isSafeKey(key) ? safeValue(item, depth + 1) : undefined;
    if (safe !== undefined) {
      copy[key] = safe;
    }
  }
  return copy;
}

/** Whether a template may name this property at all. */
export function isSafeKey(key: string): boolean {
  return !key.startsWith('__') && !forbiddenKeys.has(key);
}
