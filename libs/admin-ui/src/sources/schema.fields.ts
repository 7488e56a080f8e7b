import { z } from 'zod';

const propertySchema = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
});
const settingsSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
});

/** One field of a form. What is no text, number, flag or choice is written as JSON. */
export interface SchemaField {
  name: string;
  label: string;
  description: string | null;
  kind: 'text' | 'number' | 'flag' | 'choice' | 'json';
  choices: readonly string[];
  isRequired: boolean;
}

const kindOfType: Readonly<Record<string, SchemaField['kind']>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'flag',
};

/** The fields of an object's JSON Schema, in its order. */
export function fieldsOf(schema: Record<string, unknown>): SchemaField[] {
  const { properties, required } = settingsSchema.parse(schema);
  return Object.entries(properties).map(([name, { type = '', title, description, enum: choices }]) => ({
    name,
    label: title ?? name,
    description: description ?? null,
    kind: choices === undefined ? (kindOfType[type] ?? 'json') : 'choice',
    choices: choices ?? [],
    isRequired: required.includes(name),
  }));
}

/** What is typed into each field; a flag that is set is `true`. */
export type FieldTexts = Readonly<Record<string, string>>;

/** Stored values as texts. */
export function textsOf(fields: readonly SchemaField[], values: Readonly<Record<string, unknown>>): FieldTexts {
  const textOf = (value: unknown): string => {
    if (value === undefined || value === false) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return Object.fromEntries(fields.map(({ name }) => [name, textOf(values[name])]));
}

/** What cannot be read as JSON goes to the server as it is: it says what is wrong. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Texts as values; empty fields are left out, flags never are. */
export function valuesOf(fields: readonly SchemaField[], texts: FieldTexts): Record<string, unknown> {
  const valueOf = ({ kind }: SchemaField, text: string): unknown => {
    if (kind === 'flag') return text === 'true';
    return kind === 'number' || kind === 'json' ? jsonOf(text) : text;
  };
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = (texts[field.name] ?? '').trim();
      return text === '' && field.kind !== 'flag' ? [] : [[field.name, valueOf(field, text)]];
    }),
  );
}

/** True where nothing that is needed is missing. */
export function isFilled(fields: readonly SchemaField[], texts: FieldTexts): boolean {
  return fields.every(({ name, isRequired, kind }) => !isRequired || kind === 'flag' || texts[name]?.trim());
}
