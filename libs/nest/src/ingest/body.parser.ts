import { UserError } from '@rekindle/contracts';
import { isRecord } from './json.record';

/** Deepest nesting of objects and arrays in a body, counted from the outermost. */
export const MOST_DEPTH = 20;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isEscaped(text: string, quoteAt: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(quoteAt - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

/** Position after the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end + 1;
}

/** Refuses deep nesting before parsing, so that no recursive code ever meets it. */
function refuseDeepText(text: string): void {
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    // `{` and `[` differ in bit 0x20 alone, and so do `}` and `]`.
    const folded = code | 0x20;
    if (folded === 0x7b) depth += 1;
    else if (folded === 0x7d) depth -= 1;
    if (depth > MOST_DEPTH) throw new UserError('too_deep', `The body nests deeper than ${MOST_DEPTH} levels.`);
    at += 1;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('invalid_json', 'The body is not valid JSON.', { cause });
  }
}

/** Parses bounded JSON of any shape. Throws a `UserError` (400): `too_deep`, `invalid_json`. */
export function parseJson(text: string): unknown {
  refuseDeepText(text);
  return parse(text);
}

/**
 * Parses a bounded JSON object. Of a key that stands twice the last one wins. Keys such as `__proto__` arrive as plain
 * own keys: nothing here copies them, and each item that carries one is refused by itself.
 */
export function parseObject(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (!isRecord(value)) throw new UserError('invalid_json', 'The body must be a JSON object.');
  return value;
}
