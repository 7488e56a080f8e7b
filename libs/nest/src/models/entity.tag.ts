import { UserError } from '@rekindle/contracts';
import { headerOf, type IncomingRequest } from '../credentials/request.reader';

/** The value of an ETag header. */
export const entityTag = (etag: string): string => `"${etag}"`;

/** The one tag an `If-Match` header names. Throws 428 without the header, 400 for anything but one strong tag. */
export function ifMatchOf(request: IncomingRequest): string {
  const value = headerOf(request, 'if-match');
  if (value === null) {
    throw new UserError('if_match_required', 'Send If-Match with the ETag you have read.', { status: 428 });
  }
  const tag = /^"([\w.-]{1,200})"$/.exec(value.trim())?.[1];
  if (tag === undefined) throw new UserError('invalid_if_match', 'If-Match must name one strong ETag in quotes.');
  return tag;
}

/** Somebody else has changed the document since it was read. */
export const changedMeanwhile = (): UserError =>
  new UserError('changed_meanwhile', 'Somebody else has changed this; read it again.', { status: 412 });
