import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { headerIn, isEqual, refused, right, type Verifier } from './verifier';

const TOLERANCE_SECONDS = 300;
const MOST_SIGNATURES = 10;

/** The library's own check reads the system's clock; ours is handed in. */
function expectedSignature(secret: string, id: string, seconds: number, bytes: Buffer): string {
  return new Webhook(secret).sign(id, new Date(seconds * 1_000), bytes);
}

/** Standard Webhooks, symmetric: HMAC-SHA-256 over `id.timestamp.body`, at most five minutes old or ahead. */
export const standardWebhooksVerifier: Verifier = {
  secretOrigin: 'made',
  newSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
  verify: (delivery) => {
    const id = headerIn(delivery, 'webhook-id') ?? '';
    const timestamp = headerIn(delivery, 'webhook-timestamp') ?? '';
    if (delivery.secret === null || !/^[\w.:-]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) {
      return refused('signature_missing');
    }
    const seconds = Number(timestamp);
    const expected = expectedSignature(delivery.secret, id, seconds, delivery.bytes);
    const given = (headerIn(delivery, 'webhook-signature') ?? '').split(' ').slice(0, MOST_SIGNATURES);
    if (!given.some((signature) => isEqual(signature, expected))) return refused('signature_wrong');
    return Math.abs(delivery.now / 1_000 - seconds) > TOLERANCE_SECONDS ? refused('too_old') : right({ id });
  },
};
