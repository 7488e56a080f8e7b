import { z } from 'zod';
import { messageIdOf, readItem, refusal } from './item.reading';
import { mailMessage, type MailAct } from './mail.act';
import { EVENT_BYTES, noSettings, type SourceDefinition } from './source.definition';

const recordSchema = z.looseObject({
  RecordType: z.string(),
  ID: z.number().optional(),
  Type: z.string().optional(),
  Inactive: z.boolean().optional(),
  Recipient: z.string().optional(),
  Email: z.string().optional(),
  MessageID: z.string().optional(),
  Subject: z.string().optional(),
  Details: z.string().optional(),
  Description: z.string().optional(),
  OriginalLink: z.string().optional(),
  UserAgent: z.string().optional(),
  SuppressSending: z.boolean().optional(),
  SuppressionReason: z.string().nullish(),
  DeliveredAt: z.string().optional(),
  BouncedAt: z.string().optional(),
  ReceivedAt: z.string().optional(),
  ChangedAt: z.string().optional(),
});
type PostmarkRecord = z.output<typeof recordSchema>;

const bounces: ReadonlyMap<string, MailAct> = new Map<string, MailAct>([
  ['HardBounce', 'bounced'],
  ['BadEmailAddress', 'bounced'],
  ['ManuallyDeactivated', 'bounced'],
  ['SpamComplaint', 'complained'],
  ['Unsubscribe', 'unsubscribed'],
  ['Subscribe', 'resubscribed'],
  ['AutoResponder', 'auto-replied'],
]);

const suppressions: ReadonlyMap<string, MailAct> = new Map<string, MailAct>([
  ['HardBounce', 'bounced'],
  ['SpamComplaint', 'complained'],
  ['ManualSuppression', 'unsubscribed'],
]);

type ActReader = (record: PostmarkRecord) => MailAct;

const actsOf: ReadonlyMap<string, ActReader> = new Map<string, ActReader>([
  ['Delivery', () => 'delivered'],
  ['Open', () => 'opened'],
  ['Click', () => 'clicked'],
  ['SpamComplaint', () => 'complained'],
  // Of the dozens of kinds, those that end in Postmark switching the address off are for good.
  ['Bounce', ({ Type = '', Inactive }) => bounces.get(Type) ?? (Inactive === true ? 'bounced' : 'soft-bounced')],
  [
    'SubscriptionChange',
    ({ SuppressSending, SuppressionReason }) =>
      SuppressSending === true ? (suppressions.get(SuppressionReason ?? '') ?? 'unsubscribed') : 'resubscribed',
  ],
]);

function timeOf({ DeliveredAt, BouncedAt, ReceivedAt, ChangedAt }: PostmarkRecord): string | undefined {
  return DeliveredAt ?? BouncedAt ?? ReceivedAt ?? ChangedAt;
}

/** Postmark's webhooks: one record each. */
export const postmarkEvents: SourceDefinition = {
  key: 'postmark-events',
  label: 'Postmark: events of mails',
  setUp:
    'In Postmark, add a webhook to the message stream with the address and its secret, shown once the source is made, ' +
    'and tick the events to be sent.',
  verification: 'basic-auth',
  settings: noSettings,
  mostBytes: EVENT_BYTES,
  parse: ({ json }) =>
    readItem(json, recordSchema, (record) => {
      const act = actsOf.get(record.RecordType)?.(record);
      const address = record.Recipient ?? record.Email ?? null;
      if (act === undefined) return refusal('unknown_event', json);
      if (address === null) return refusal('no_recipient', json);
      return mailMessage(act, {
        provider: 'postmark',
        id: record.ID === undefined ? null : `${record.RecordType}-${record.ID}`,
        timestamp: timeOf(record),
        address,
        mailMessageId: messageIdOf(record.MessageID),
        url: record.OriginalLink,
        subject: record.Subject,
        reason: record.Details || record.Description,
        userAgent: record.UserAgent,
        mailKey: record.MessageID,
      });
    }),
};
