import { z } from 'zod';
import type { MailTrace } from '../verdict/mail.trace';

/** The fields of a form, each with its values in the order they came. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

/** What a source sent, after its signature was found to be right. */
export interface Delivery {
  /** The body where it is JSON, else undefined. */
  json: unknown;
  /** The fields of a form without its files; empty for other bodies. */
  form: FormFields;
  /** The delivery's own id, where the way of signing has one; the same when it is sent again. */
  id: string | null;
}

/** How a delivery proves where it comes from. */
export type Verification = 'sendgrid-ecdsa' | 'mailgun-hmac' | 'basic-auth' | 'amazon-sns' | 'standard-webhooks';

/** Why an address is not written to any more. */
export type SuppressionReason = 'bounced' | 'complained' | 'unsubscribed';

/** What a provider tells of an open or click, for the question who did it. */
export interface SourceTrace extends Pick<MailTrace, 'kind' | 'userAgent' | 'flag' | 'link'> {
  /** Tells one mail from another. */
  mailKey: string;
}

/** One signal: a call of the tracking API, and whom it is about where the call itself does not say. */
export interface SourceMessage {
  /** As `/v1` takes it. Without a messageId, one follows from the content. */
  item: Readonly<Record<string, unknown>>;
  /** False for what a mail system did: it is kept, but is no act of the lead and never scored. */
  isScored: boolean;
  /** The lead's e-mail address. */
  address: string | null;
  /** Message-ID header (with its angle brackets) of the mail it is about. */
  mailMessageId: string | null;
  /** Why `address` is not written to any more; null when nothing speaks against it. */
  suppression: SuppressionReason | null;
  /** Null for everything but opens and clicks. */
  trace: SourceTrace | null;
}

/** One signal that could not be understood: kept with its reason, counts for nothing. */
export interface SourceRefusal {
  refusedAs: string;
  raw: unknown;
}

export type SourceItem = SourceMessage | SourceRefusal;

/** One kind of source. `parse` answers one item for each thing that happened, and never throws for a bad one. */
export interface SourceDefinition<Settings extends z.ZodType = z.ZodType> {
  key: string;
  label: string;
  /** What to do at the provider, and where its secret or key is found: a sentence or two for sales ops. */
  setUp: string;
  verification: Verification;
  settings: Settings;
  /** Largest body. */
  mostBytes: number;
  parse(delivery: Delivery): readonly SourceItem[] | Promise<readonly SourceItem[]>;
}

const MEGABYTE = 1_048_576;

/** Largest body of a source that sends events. */
export const EVENT_BYTES = 2 * MEGABYTE;
/** Largest body of a source that sends whole mails, attachments included. */
export const MAIL_BYTES = 30 * MEGABYTE;

/** For sources that need no settings beside their secret. */
export const noSettings = z.strictObject({});

/** Settings of sources behind Amazon SNS. */
export const snsSettings = z.strictObject({
  /** The one topic that is believed: anybody can have Amazon sign messages of a topic of their own. */
  topicArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]{3,32}:\d{12}:[\w-]{1,256}$/, 'must be the ARN of a topic')
    .meta({ title: 'Topic ARN', description: 'Only messages of this topic are believed.' }),
});

/** Settings of sources signed by SendGrid. */
export const sendgridSettings = z.strictObject({
  /** "Verification Key" of the signed event webhook: base64, DER. */
  publicKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{80,400}={0,2}$/, 'must be a public key in base64')
    .meta({ title: 'Verification key', description: 'Of the signed event webhook, as SendGrid shows it.' }),
});
