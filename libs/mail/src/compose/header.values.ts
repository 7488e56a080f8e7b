import { MailError } from '../mail.error';

const MOST_SUBJECT_CHARACTERS = 255;
const MOST_NAME_CHARACTERS = 100;
const MOST_VALUE_CHARACTERS = 900;

/** Controls, line and paragraph separators, marks that turn the direction of text round, lone surrogates. */

const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]|\p{Cs}/gu;

/** A subject on one line: control characters become spaces, at most 255 characters. */
export function subjectText(subject: string): string {
  return clip(oneLine(subject), MOST_SUBJECT_CHARACTERS);
}

/**
 * A display name on one line, at most 100 characters. One that looks like an address (`@`, `<`, `>`) or like an
 * encoded word is dropped: mail programs show the name instead of the address, which is how people are fooled.
 */
export function displayName(name: string | undefined): string {
  const text = clip(oneLine(name ?? ''), MOST_NAME_CHARACTERS);
  return /[@<>＠]|=\?/.test(text) ? '' : text;
}

function oneLine(text: string): string {
  return text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim();
}

/** By characters as people count them, so that no half of a pair is left. */
function clip(text: string, most: number): string {
  return text.length <= most ? text : [...text].slice(0, most).join('').trim();
}

/** Extra headers of a mail, by name. Stored with the intent to send, so a mail is composed again as it was. */
export type MailHeaders = Readonly<Record<string, string>>;

const headerNames = [
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Id',
  'Feedback-ID',
  'Auto-Submitted',
  'In-Reply-To',
  'References',
];

export interface PromotionalHeaderValues {
  /** https (http on loopback, while trying out), opaque, no login: takes POST (RFC 8058) and shows a page on GET. */
  unsubscribeUrl: string;
  /** Stable per stream of mail, e.g. `re-engagement.acme.example`. */
  listId: string;
  /** `campaign:customer:type:sender`, as Google's Postmaster Tools reads it. */
  feedbackId: string;
}

/** What every marketing mail must carry: one-click unsubscribe, list and feedback id. */
export function promotionalHeaders({ unsubscribeUrl, listId, feedbackId }: PromotionalHeaderValues): MailHeaders {
  return {
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': `<${listId}>`,
    'Feedback-ID': feedbackId,
  };
}

/** What a mail to a colleague carries, so that no out-of-office note answers it (RFC 3834). */
export function alertHeaders(): MailHeaders {
  return { 'Auto-Submitted': 'auto-generated' };
}

/**
 * Checks extra headers: known names, printable ASCII, one line, at most 900 characters; `List-Unsubscribe` holds
 * exactly one http(s) address.
 * @throws MailError `header_invalid`
 */
export function checkedHeaders(headers: MailHeaders): [name: string, value: string][] {
  return Object.entries(headers).map(([name, value]) => {
    const isPlain = /^[\x20-\x7e]+$/.test(value) && value.length <= MOST_VALUE_CHARACTERS;
    if (!headerNames.includes(name) || !isPlain) {
      throw new MailError('header_invalid', `The header ${JSON.stringify(name)} is not allowed or has a bad value.`);
    }
    if (name === 'List-Unsubscribe' && !/^<https?:\/\/[^\s<>,]+>$/.test(value)) {
      throw new MailError('header_invalid', 'List-Unsubscribe must hold exactly one http(s) address.');
    }
    return [name, value];
  });
}
