import type { CanonicalMessage, MailActNote } from './canonical.message';
import { instantOf } from './instant.rules';

type Fields = Record<string, unknown>;

/** What mail tools call opens and clicks, in small letters. */
const kinds: ReadonlyMap<string, MailActNote['kind']> = new Map([
  ['email opened', 'open'],
  ['email open', 'open'],
  ['opened email', 'open'],
  ['email link clicked', 'click'],
  ['email clicked', 'click'],
]);

const LONGEST_AGENT = 500;
const LONGEST_LINK = 1_000;
const LONGEST_ID = 200;

/** The first of these that says something. */
function textIn(fields: Fields, keys: readonly string[], longest: number): string | null {
  for (const key of keys) {
    const value = fields[key];
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    if (text !== '') return text.slice(0, longest);
  }
  return null;
}

/**
 * The traces of an open or click that a tracking call carries, in the words of Segment's e-mail events: the mail
 * (`email_id`), the link (`link_id`, `link_url`), who opened it (`context.user_agent`); beyond them `sent_at`, when the
 * mail was sent. Null for other calls, and where neither the mail nor who opened it is named: there is nothing to
 * judge by, so such an act is a person's. What a browser's key says never counts against what a server says, and what
 * names no mail says nothing of other acts.
 */
export function trackedAct(
  message: Pick<CanonicalMessage, 'messageId' | 'type' | 'name' | 'properties' | 'context' | 'trust'>,
): MailActNote | null {
  const { properties, context, trust } = message;
  const kind = message.type === 'track' ? kinds.get(message.name?.toLowerCase() ?? '') : undefined;
  if (kind === undefined) return null;
  const userAgent = textIn(context, ['user_agent', 'userAgent'], LONGEST_AGENT);
  const mail = textIn(properties, ['email_id', 'emailId'], LONGEST_ID);
  if (userAgent === null && mail === null) return null;
  const link = textIn(properties, ['link_id', 'linkId', 'link_url', 'linkUrl', 'url'], LONGEST_LINK);
  const handedOverAt = instantOf(properties['sent_at'] ?? properties['sentAt']);
  return {
    kind,
    mailKey: mail === null ? `alone:${message.messageId}` : `${trust}:${mail}`,
    userAgent,
    link: kind === 'click' ? link : null,
    handedOverAt,
    ...{ isHead: false, isTrap: false, flag: null, linkCount: null },
  };
}
