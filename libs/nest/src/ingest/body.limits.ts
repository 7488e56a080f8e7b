import { UserError } from '@rekindle/contracts';

/** Most bytes of a body, on the wire and decoded. */
export const MOST_BODY_BYTES = 2 * 1024 * 1024;

/** 413: nothing of the request was stored. */
export function tooLarge(mostBytes = MOST_BODY_BYTES): UserError {
  const message = `A request may hold at most ${Math.round(mostBytes / 1_048_576)} MB, decoded.`;
  return new UserError('payload_too_large', message, { status: 413 });
}
