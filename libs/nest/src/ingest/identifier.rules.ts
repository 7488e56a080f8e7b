import { domainToASCII } from 'node:url';

/** Longest id, in UTF-16 units. */
export const MOST_ID_LENGTH = 255;

/** What broken clients send in place of an id; taken as one, thousands of people would become one lead. */
const junkIds = new Set([
  'null',
  'undefined',
  'nan',
  'none',
  'nil',
  '0',
  'true',
  'false',
  '[object object]',
  '{}',
  '[]',
]);

/** An id, its absence (`null`, missing, empty), or why it is refused. */
export type IdReading = { id: string } | { id: null } | { code: 'invalid_id' | 'junk_id' | 'id_too_long' };

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** One spelling for what looks the same: é is one letter, however it was typed. */
const composed = (text: string): string => (isAscii(text) ? text : text.normalize('NFC'));

/** Reads an id: a string, trimmed and composed (NFC), or a whole number that JavaScript holds exactly. */
export function readId(value: unknown): IdReading {
  if (value === undefined || value === null) return { id: null };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? readId(String(value)) : { code: 'invalid_id' };
  if (typeof value !== 'string') return { code: 'invalid_id' };
  const id = composed(value.trim());
  if (id === '') return { id: null };
  if (id.length > MOST_ID_LENGTH) return { code: 'id_too_long' };
  return junkIds.has(id.toLowerCase()) ? { code: 'junk_id' } : { id };
}

const emailForm =
  /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/**
 * One plain e-mail address, trimmed, composed (NFC) and in lower case, its domain in ASCII form, so that a letter of
 * another alphabet shows as what it is; null for anything else (lists, names, groups, controls).
 */
export function emailOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 320) return null;
  const email = composed(value.trim()).toLowerCase();
  return email.length <= 254 && emailForm.test(email) ? withAsciiDomain(email) : null;
}

function withAsciiDomain(email: string): string | null {
  if (isAscii(email)) return email;
  const at = email.indexOf('@');
  const domain = domainToASCII(email.slice(at + 1));
  return domain === '' ? null : `${email.slice(0, at)}@${domain}`;
}
