import { addressParser, decodeWords } from 'postal-mime';
import { messageIdOf, refusal } from './item.reading';
import { mailMessage } from './mail.act';
import type { SourceItem } from './source.definition';

/** One line of a mail's head. */
export interface MailHeader {
  name: string;
  value: string;
}

/** A mail that somebody wrote to us, as far as it takes to tell whether it is a reply. */
export interface InboundMail {
  provider: string;
  headers: readonly MailHeader[];
  /** The provider's id, for mails without a Message-ID. */
  id: string | null;
  /** ISO 8601, when the provider received it. */
  receivedAt: string | undefined;
  /** The sender of the envelope; empty for bounces, null when unknown. */
  envelopeSender: string | null;
  /** The provider takes it for spam. */
  isSpam: boolean;
  /** The provider found that it does not come from where it says. */
  isForged: boolean;
}

const headerOf = ({ headers }: InboundMail, name: string): string =>
  headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';

/** The address it says it is from. */
export function senderOf(mail: InboundMail): string | null {
  const [first] = addressParser(headerOf(mail, 'from').slice(0, 2_000), { flatten: true });
  const address = first?.address?.trim().toLowerCase() ?? '';
  return address.includes('@') ? address : null;
}

/** Notices of mail systems: RFC 3464 reports, empty envelope senders, the postmasters themselves. */
function isBounce(mail: InboundMail, sender: string): boolean {
  return (
    /^\s*multipart\/report\b/i.test(headerOf(mail, 'content-type')) ||
    mail.envelopeSender?.replace(/[<>\s]/g, '') === '' ||
    /^(mailer-daemon|postmaster)@/.test(sender)
  );
}

const automaticSubject =
  /^\s*(automatic reply|auto(matic)?[- ]?(reply|response|antwort)|out of (the )?office|abwesenheit|réponse automatique)\b/i;

/** Holiday notes and ticket robots: RFC 3834, and what those send that do not know of it. */
function isAutomatic(mail: InboundMail): boolean {
  const submitted = headerOf(mail, 'auto-submitted').trim().toLowerCase();
  return (
    (submitted !== '' && !submitted.startsWith('no')) ||
    /^\s*(bulk|junk|list|auto[_-]?reply)\s*$/i.test(headerOf(mail, 'precedence')) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'list-id'].some((name) => headerOf(mail, name) !== '') ||
    automaticSubject.test(decodeWords(headerOf(mail, 'subject').slice(0, 1_000)))
  );
}

/** Message-IDs it answers, the nearest one first. */
export function answeredIdsOf(mail: InboundMail): string[] {
  const references =
    headerOf(mail, 'references')
      .slice(0, 20_000)
      .match(/<[^<>\s]+>/g) ?? [];
  const answered = [...(headerOf(mail, 'in-reply-to').match(/<[^<>\s]+>/g) ?? []), ...references.reverse()];
  return [...new Set(answered.flatMap((id) => messageIdOf(id) ?? []))];
}

function idOf(mail: InboundMail): string | null {
  const own = messageIdOf(headerOf(mail, 'message-id'))?.slice(1, -1);
  return own !== undefined && own.length <= 200 ? `mail-${own}` : mail.id;
}

/**
 * What a mail to us is: a reply; an answer of a machine (kept, worth nothing); or refused with its reason, when it is
 * spam, a bounce, or not from whom it says.
 */
export function judgeMail(mail: InboundMail): SourceItem {
  const address = senderOf(mail);
  const raw = { provider: mail.provider, headers: mail.headers.slice(0, 50) };
  if (address === null) return refusal('no_sender', raw);
  if (isBounce(mail, address)) return refusal('bounce_notice', raw);
  if (mail.isForged) return refusal('sender_unverified', raw);
  if (mail.isSpam) return refusal('spam', raw);
  return mailMessage(isAutomatic(mail) ? 'auto-replied' : 'replied', {
    provider: mail.provider,
    id: idOf(mail),
    timestamp: mail.receivedAt,
    address,
    mailMessageId: answeredIdsOf(mail)[0] ?? null,
    subject: decodeWords(headerOf(mail, 'subject').slice(0, 1_000)),
  });
}
