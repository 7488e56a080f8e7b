import { createHmac, randomBytes } from 'node:crypto';

/** What a secret is for: values hashed for one purpose never match those of another. */
export type SecretPurpose = 'write-key' | 'api-key' | 'session';

/** HMAC-SHA-256 (hex) of a secret under a key derived from the server's secret key, one for each purpose. */
export function hashSecret(secretKey: string, purpose: SecretPurpose, secret: string): string {
  const key = createHmac('sha256', secretKey).update(`rekindle/${purpose}`).digest();
  return createHmac('sha256', key).update(secret).digest('hex');
}

/** A new unguessable secret: 256 bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What of a key may be shown after its creation: a third of it at most, and the end of long ones. */
export function traceOf(key: string): { prefix: string; last4: string } {
  return {
    prefix: key.slice(0, Math.min(8, Math.floor(key.length / 3))),
    last4: key.length >= 16 ? key.slice(-4) : '',
  };
}
