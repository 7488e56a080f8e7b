import { UserError } from '@rekindle/contracts';
import { MOST_DEPTH, parseObject } from '../ingest/body.parser';

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('invalid_utf8', 'The body is not valid UTF-8.', { cause });
  }
}

/** Refuses prototype keys and deep nesting in a parsed value, whoever parsed it. Throws a `UserError` (400). */
export function refuseHostileKeys(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MOST_DEPTH) throw new UserError('too_deep', `The body nests deeper than ${MOST_DEPTH} levels.`);
  for (const [key, child] of Object.entries(value)) {
    if (forbiddenKeys.has(key)) throw new UserError('forbidden_key', `The key ${key} is not allowed.`);
    refuseHostileKeys(child, depth + 1);
  }
}

/** Parses the JSON object of a management call strictly: UTF-8, bounded depth. Throws a `UserError` (400) otherwise. */
export function parseStrictJson(bytes: Uint8Array): Record<string, unknown> {
  return parseObject(decode(bytes));
}
