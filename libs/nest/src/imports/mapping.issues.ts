import type { FieldError, ImportFormat, ImportKind, ImportMapping } from '@rekindle/contracts';
import { fieldsOfKind } from './import.fields';

const freeTarget = /^(trait|property):(.+)$/;
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

function targetIssue(kind: ImportKind, target: string): string | null {
  const { fields, rest } = fieldsOfKind[kind];
  if (fields.some((field) => field.target === target)) return null;
  const [, prefix, name = ''] = freeTarget.exec(target) ?? [];
  if (prefix === undefined || prefix !== rest) return `There is no field ${target} for ${kind}.`;
  return forbiddenNames.has(name) ? `${name} cannot be the name of a ${prefix}.` : null;
}

function columnIssues(kind: ImportKind, format: ImportFormat, mapping: ImportMapping): FieldError[] {
  const known = new Set(format.columns.map(({ name }) => name));
  const seen = new Set<string>();
  return mapping.columns.flatMap(({ column, target }, index) => {
    const path = `columns.${index}`;
    if (!known.has(column)) return [{ path, message: `The file has no column ${column}.` }];
    if (target === null) return [];
    const issue = targetIssue(kind, target);
    if (issue !== null) return [{ path, message: issue }];
    if (seen.has(target)) return [{ path, message: `Two columns become ${target}.` }];
    seen.add(target);
    return [];
  });
}

/** What a mapping lacks or gets wrong; none: it can be checked. */
export function mappingIssues(kind: ImportKind, format: ImportFormat, mapping: ImportMapping): FieldError[] {
  const given = new Set([
    ...mapping.columns.flatMap(({ target }) => (target === null ? [] : [target])),
    ...Object.entries(mapping.constants).flatMap(([field, value]) => (value === undefined ? [] : [field])),
  ]);
  const lacks = fieldsOfKind[kind].needs.filter(({ oneOf }) => !oneOf.some((target) => given.has(target)));
  const needs = lacks.map(({ oneOf, message }) => ({ path: oneOf[0] ?? '', message }));
  return [...needs, ...columnIssues(kind, format, mapping)];
}
