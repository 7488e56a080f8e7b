import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { DeliveryBody } from '../sources/delivery.body';
import { isEqual, noNewSecret, refused, right, type Verifier } from './verifier';

/** Mailgun tries again for eight hours; a day leaves room for clocks. */
export const MAILGUN_TOLERANCE_MS = 86_400_000;

const signatureSchema = z.object({
  timestamp: z.string().regex(/^\d{1,12}$/),
  token: z.string().min(1).max(200),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
});
const webhookSchema = z.object({ signature: signatureSchema });

/** In forms the provider's own fields come last: a sender's variables may bear the same names. */
function signatureIn({ json, form }: DeliveryBody): z.output<typeof signatureSchema> | null {
  const last = (name: string) => form.get(name)?.at(-1);
  const fields = { timestamp: last('timestamp'), token: last('token'), signature: last('signature') };
  const given = form.size > 0 ? { signature: fields } : json;
  const parsed = webhookSchema.safeParse(given);
  return parsed.success ? parsed.data.signature : null;
}

/**
 * Mailgun: HMAC-SHA-256 over timestamp and token. The body is not covered, so a token is good for one body alone.
 */
export const mailgunVerifier: Verifier = {
  secretOrigin: 'given',
  newSecret: noNewSecret,
  verify: async (delivery) => {
    const given = signatureIn(await delivery.body());
    if (given === null || delivery.secret === null) return refused('signature_missing');
    const { timestamp, token, signature } = given;
    const expected = createHmac('sha256', delivery.secret)
      .update(timestamp + token)
      .digest('hex');
    if (!isEqual(signature, expected)) return refused('signature_wrong');
    const isTimely = Math.abs(delivery.now - Number(timestamp) * 1_000) <= MAILGUN_TOLERANCE_MS;
    return isTimely ? right({ token }) : refused('too_old');
  },
};
