import type { z } from 'zod';
import type { FormFields, SourceItem, SourceRefusal } from './source.definition';

/** Reads one item by its schema; what does not fit is kept with its reason. */
export function readItem<Shape extends z.ZodType>(
  raw: unknown,
  shape: Shape,
  read: (item: z.output<Shape>) => readonly SourceItem[] | SourceItem,
): readonly SourceItem[] {
  const parsed = shape.safeParse(raw);
  if (!parsed.success) return [refusal('invalid_item', raw)];
  const items = read(parsed.data);
  return isItem(items) ? [items] : items;
}

function isItem(items: readonly SourceItem[] | SourceItem): items is SourceItem {
  return !Array.isArray(items);
}

export const refusal = (refusedAs: string, raw: unknown): SourceRefusal => ({ refusedAs, raw });

const LAST_DATE_MS = 8.64e15;

/** An instant in seconds since 1970 as ISO 8601; as it is where it is none, to be refused with the item. */
export function isoOfSeconds(seconds: number): string {
  const instant = seconds * 1_000;
  return Math.abs(instant) <= LAST_DATE_MS ? new Date(instant).toISOString() : String(seconds);
}

/** A Message-ID with its angle brackets; null for what is none. */
export function messageIdOf(value: string | null | undefined): string | null {
  const id = value?.trim().replace(/^<|>$/g, '') ?? '';
  return /^[^\s<>]{1,250}$/.test(id) ? `<${id}>` : null;
}

/** JSON inside a text; undefined for what is none. */
export function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first value of a form's field. */
export const firstOf = (form: FormFields, name: string): string | undefined => form.get(name)?.[0];

/** The last value of a form's field. */
export const lastOf = (form: FormFields, name: string): string | undefined => form.get(name)?.at(-1);
