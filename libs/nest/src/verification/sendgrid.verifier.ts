import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { headerIn, noNewSecret, refused, right, type Verifier } from './verifier';

const settingsSchema = z.object({ publicKey: z.string() });

function keyOf(settings: unknown): KeyObject | null {
  try {
    const { publicKey } = settingsSchema.parse(settings);
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec' ? key : null;
  } catch {
    return null;
  }
}

/**
 * SendGrid's signed event webhook: ECDSA (P-256, SHA-256) over timestamp and raw body. A repeated delivery is harmless:
 * its events have ids, and the signature covers them.
 */
export const sendgridVerifier: Verifier = {
  secretOrigin: 'none',
  newSecret: noNewSecret,
  verify: (delivery) => {
    const key = keyOf(delivery.settings);
    const signature = headerIn(delivery, 'x-twilio-email-event-webhook-signature');
    const timestamp = headerIn(delivery, 'x-twilio-email-event-webhook-timestamp');
    if (key === null || !signature || !timestamp) return refused('signature_missing');
    const signed = Buffer.concat([Buffer.from(timestamp), delivery.bytes]);
    const isRight = verify('sha256', signed, key, Buffer.from(signature, 'base64'));
    return isRight ? right() : refused('signature_wrong');
  },
};
