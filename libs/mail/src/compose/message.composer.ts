import { randomUUID } from 'node:crypto';
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import { MailError } from '../mail.error';
import { type MailboxAddress, parseAddress } from './address.parser';
import { checkedHeaders, displayName, type MailHeaders, subjectText } from './header.values';

/** A mailbox and the name shown with it. */
export interface MailParty {
  address: string;
  name?: string;
}

/** Signs for `domainName`, which must be the From domain or a parent of it (DMARC alignment). */
export interface DkimKey {
  domainName: string;
  keySelector: string;
  /** RSA private key, PEM. */
  privateKey: string;
}

export interface MailDraft {
  from: MailParty;
  to: MailParty;
  replyTo?: MailParty;
  subject: string;
  html: string;
  text: string;
  /** From `promotionalHeaders` or `alertHeaders`. */
  headers?: MailHeaders;
  /** `<id@domain>`; made where absent. Pass the stored one, so that a bounce or a reply names a mail we know. */
  messageId?: string;
  /** Epoch milliseconds of the Date header. */
  date: number;
  dkim?: DkimKey;
}

/** The two addresses of the SMTP dialogue. */
export interface MailEnvelope {
  from: string;
  to: string;
}

/** A mail as it goes over the wire. */
export interface ComposedMail {
  messageIdHeader: string;
  raw: Buffer;
  envelope: MailEnvelope;
}

/** Both list headers must be signed (RFC 8058); nodemailer alone leaves List-Unsubscribe-Post out. */
const signedHeaders = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'Reply-To',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'In-Reply-To',
  'References',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Feedback-ID',
  'Auto-Submitted',
].join(':');

/** A Message-ID header value that names nobody, e.g. `<0198…@acme.example>`. */
export function newMessageId(fromAddress: string): string {
  return `<${randomUUID()}@${mailbox('from', fromAddress).domain}>`;
}

/**
 * Composes a mail to exactly one recipient: multipart/alternative, explicit envelope, nothing fetched or read from
 * disk.
 * @throws MailError `address_invalid` or `header_invalid`
 */
export async function composeMessage(draft: MailDraft): Promise<ComposedMail> {
  const from = mailbox('from', draft.from.address);
  const to = mailbox('to', draft.to.address);
  const envelope = { from: from.address, to: to.address };
  const messageIdHeader = draft.messageId ?? newMessageId(from.address);
  if (!/^<[\x21-\x7e]{1,240}>$/.test(messageIdHeader) || !messageIdHeader.includes('@')) {
    throw new MailError('header_invalid', 'A Message-ID has the form <id@domain>.');
  }
  const composer = new MailComposer({
    from: party(from, draft.from.name),
    to: party(to, draft.to.name),
    ...(draft.replyTo && { replyTo: party(mailbox('replyTo', draft.replyTo.address), draft.replyTo.name) }),
    subject: subjectText(draft.subject),
    html: draft.html,
    text: draft.text,
    messageId: messageIdHeader,
    date: new Date(draft.date),
    envelope,
    headers: preparedHeaders(draft.headers ?? {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  return { messageIdHeader, raw: draft.dkim ? await sign(raw, draft.dkim) : raw, envelope };
}

function mailbox(field: string, address: string): MailboxAddress {
  const parsed = parseAddress(address);
  if (!parsed.isValid) {
    throw new MailError('address_invalid', `"${field}" is not one mail address (${parsed.fault}).`);
  }
  return parsed.mailbox;
}

function party({ address }: MailboxAddress, name: string | undefined): { address: string; name: string } {
  return { address, name: displayName(name) };
}

/** Prepared: written as they are. Folding would break a long address in two for readers that do not unfold. */
function preparedHeaders(headers: MailHeaders): { key: string; value: { prepared: boolean; value: string } }[] {
  return checkedHeaders(headers).map(([key, value]) => ({ key, value: { prepared: true, value } }));
}

async function sign(raw: Buffer, key: DkimKey): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of new DKIM({ ...key, headerFieldNames: signedHeaders }).sign(raw)) {
    chunks.push(Buffer.from(chunk));
  }
  const signed = Buffer.concat(chunks);
  if (!signed.subarray(0, 4096).toString('latin1').includes('DKIM-Signature:')) {
    throw new MailError('header_invalid', 'The DKIM key cannot sign.');
  }
  return signed;
}
