import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a link may do. A token made for one purpose is worth nothing for another. */
export type LinkPurpose = 'unsubscribe' | 'click' | 'open';

/** One signing key. Tokens name their key by `id`, so old ones stay good while a new key signs. */
export interface TokenKey {
  /** 1 to 16 letters and digits. */
  id: string;
  secret: Buffer;
}

const MOST_TOKEN_CHARACTERS = 512;

/** Derives the key for links from the server's secret (HKDF-SHA-256), so that no key is used for two things. */
export function tokenKeyOf(serverSecret: string, id = '1'): TokenKey {
  const derived = hkdfSync('sha256', serverSecret, '', `rekindle link tokens ${id}`, 32);
  return { id, secret: Buffer.from(derived) };
}

/**
 * Signs `subject` (an opaque id such as a message's or a link's; no name, no address) for one purpose:
 * `keyId.subject.signature`, where the signature is HMAC-SHA-256, 256 bits, base64url. It never expires.
 */
export function signToken(key: TokenKey, purpose: LinkPurpose, subject: string): string {
  const payload = Buffer.from(subject, 'utf8').toString('base64url');
  return `${key.id}.${payload}.${signature(key, purpose, payload)}`;
}

/**
 * The subject of a token, or null where it was not signed for this purpose by one of `keys`. Compares in constant
 * time. The signature covers the text of the token, so there is exactly one valid spelling.
 */
export function verifyToken(keys: readonly TokenKey[], purpose: LinkPurpose, token: string): string | null {
  const [id, payload, given, ...more] = token.length <= MOST_TOKEN_CHARACTERS ? token.split('.') : [];
  const key = keys.find((candidate) => candidate.id === id);
  if (!key || !payload || !given || more.length > 0) {
    return null;
  }
  const expected = Buffer.from(signature(key, purpose, payload));
  const actual = Buffer.from(given);
  const isGenuine = actual.length === expected.length && timingSafeEqual(actual, expected);
  return isGenuine ? Buffer.from(payload, 'base64url').toString('utf8') : null;
}

function signature(key: TokenKey, purpose: LinkPurpose, payload: string): string {
  return createHmac('sha256', key.secret).update(`${purpose}.${key.id}.${payload}`).digest('base64url');
}
