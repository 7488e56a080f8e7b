import { timingSafeEqual } from 'node:crypto';
import type { IncomingRequest } from '../credentials/request.reader';
import type { DeliveryBody } from '../sources/delivery.body';

/** A delivery before anybody believes it. */
export interface UnverifiedDelivery {
  bytes: Buffer;
  headers: IncomingRequest['headers'];
  /** Reads the bytes; throws a `UserError` for what cannot be read. */
  body(): Promise<DeliveryBody>;
  /** Null where the way of signing needs none. */
  secret: string | null;
  /** Of the source, checked by its schema. */
  settings: unknown;
  /** Epoch ms. */
  now: number;
}

/** Why a delivery is not believed. For its own workspace alone: whoever sent it is told no more than that it is so. */
export type Disbelief = 'signature_missing' | 'signature_wrong' | 'too_old' | 'used_before' | 'wrong_topic';

/** What the check found. */
export type VerificationResult =
  | { isRight: false; reason: Disbelief }
  | {
      isRight: true;
      /** The delivery's own id, covered by the signature. */
      id: string | null;
      /** Signed instead of the body: it must not come again with another one. */
      token: string | null;
      /** True where the delivery only concerned the connection itself, and nothing is left to read. */
      isDone: boolean;
    };

/** Who makes the secret of a source: we (shown once), the provider (given to us), or nobody. */
export type SecretOrigin = 'made' | 'given' | 'none';

/** One way to prove where a delivery comes from. */
export interface Verifier {
  secretOrigin: SecretOrigin;
  /** A new secret, where we make it. */
  newSecret(): string;
  verify(delivery: UnverifiedDelivery): Promise<VerificationResult> | VerificationResult;
}

export const refused = (reason: Disbelief): VerificationResult => ({ isRight: false, reason });
export const right = (more: { id?: string; token?: string; isDone?: boolean } = {}): VerificationResult => ({
  isRight: true,
  id: more.id ?? null,
  token: more.token ?? null,
  isDone: more.isDone ?? false,
});

/** Compares without telling by its time where two texts differ. */
export function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A header that came once. */
export function headerIn({ headers }: UnverifiedDelivery, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value.length <= 4_096 ? value : null;
}

/** For verifiers whose secret we do not make. */
export function noNewSecret(): never {
  throw new TypeError('the secret of this source is not ours to make');
}
