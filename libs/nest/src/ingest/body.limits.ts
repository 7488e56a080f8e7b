import { UserError } from '@rekindle/contracts';

/** Most bytes of a body, on the wire and decoded. */
export const MOST_BODY_BYTES = 2 * 1024 * 1024;

/** 413: nothing of the request was stored. */
export function tooLarge(message = 'A request may hold at most 2 MB, decoded.'): UserError {
  return new UserError('payload_too_large', message, { status: 413 });
}
