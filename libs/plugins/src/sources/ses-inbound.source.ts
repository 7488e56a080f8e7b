import { z } from 'zod';
import { judgeMail, type InboundMail, type MailHeader } from './inbound.mail';
import { readItem, refusal } from './item.reading';
import { headersOf } from './mail.head';
import { notificationOf } from './sns.envelope';
import { MAIL_BYTES, snsSettings, type SourceDefinition } from './source.definition';

const verdict = z.looseObject({ status: z.string() }).optional();
const mailSchema = z.looseObject({
  notificationType: z.literal('Received'),
  mail: z
    .looseObject({
      source: z.string().optional(),
      messageId: z.string().max(200).optional(),
      timestamp: z.string().optional(),
      headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
    })
    .optional(),
  receipt: z
    .looseObject({
      action: z.looseObject({ encoding: z.string().optional() }).optional(),
      spamVerdict: verdict,
      virusVerdict: verdict,
      spfVerdict: verdict,
      dkimVerdict: verdict,
    })
    .optional(),
  content: z.string().optional(),
});
type SesMail = z.output<typeof mailSchema>;

function plainContent({ content, receipt }: SesMail): string | undefined {
  if (content === undefined || receipt?.action?.encoding?.toUpperCase() !== 'BASE64') return content;
  return /^[A-Za-z0-9+/=\s]*$/.test(content) ? atob(content.replace(/[\s=]/g, '')) : undefined;
}

async function headersIn(event: SesMail): Promise<MailHeader[]> {
  if (event.mail?.headers !== undefined) return event.mail.headers;
  const content = plainContent(event);
  return content === undefined ? [] : headersOf(content);
}

const isFailed = (status: z.output<typeof verdict>): boolean => status?.status === 'FAIL';

function inboundOf({ mail, receipt }: SesMail, headers: readonly MailHeader[]): InboundMail {
  return {
    provider: 'ses',
    headers,
    id: mail?.messageId ?? null,
    receivedAt: mail?.timestamp,
    envelopeSender: mail?.source ?? null,
    ...verdictsOf(receipt),
  };
}

function verdictsOf(receipt: SesMail['receipt']): Pick<InboundMail, 'isSpam' | 'isForged'> {
  return {
    isSpam: isFailed(receipt?.spamVerdict) || isFailed(receipt?.virusVerdict),
    isForged: isFailed(receipt?.spfVerdict) && isFailed(receipt?.dkimVerdict),
  };
}

/** Mail received by Amazon SES, published to a topic of Amazon SNS, with its headers or its content in the message. */
export const sesInbound: SourceDefinition = {
  key: 'ses-inbound',
  label: 'Amazon SES: replies (receipt rules)',
  setUp:
    'In Amazon SES, give the receipt rule an action that publishes the mail to a topic of Amazon SNS. Give the topic an ' +
    'HTTPS subscription to this address, without raw message delivery; it is confirmed by itself.',
  verification: 'amazon-sns',
  settings: snsSettings,
  mostBytes: MAIL_BYTES,
  parse: async ({ json }) => {
    const notification = notificationOf(json);
    if (notification === null) return [];
    const { message } = notification;
    const parsed = mailSchema.safeParse(message);
    const headers = parsed.success ? await headersIn(parsed.data) : [];
    return readItem(message, mailSchema, (event) =>
      // With the mail in a bucket of S3 and no headers in the message, nothing is known of the sender.
      headers.length === 0 ? refusal('content_elsewhere', message) : judgeMail(inboundOf(event, headers)),
    );
  },
};
