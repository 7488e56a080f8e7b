import { z } from 'zod';
import { messageIdOf, readItem, refusal } from './item.reading';
import { mailMessage, type MailAct, type MailReport } from './mail.act';
import { notificationOf } from './sns.envelope';
import { EVENT_BYTES, snsSettings, type SourceDefinition, type SourceItem } from './source.definition';

const time = z.string().optional();
const addressed = z.looseObject({ emailAddress: z.string(), diagnosticCode: z.string().optional() });
const detailSchemas = {
  bounce: z.looseObject({ bounceType: z.string(), bouncedRecipients: z.array(addressed).max(100), timestamp: time }),
  complaint: z.looseObject({
    complainedRecipients: z.array(addressed).max(100),
    complaintFeedbackType: z.string().optional(),
    timestamp: time,
  }),
  delivery: z.looseObject({
    recipients: z.array(z.string()).max(100).optional(),
    smtpResponse: z.string().optional(),
    timestamp: time,
  }),
  act: z.looseObject({ link: z.string().optional(), userAgent: z.string().optional(), timestamp: time }),
};

const eventSchema = z.looseObject({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  mail: z
    .looseObject({
      destination: z.array(z.string()).max(100).optional(),
      messageId: z.string().max(300).optional(),
      timestamp: time,
      headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
      commonHeaders: z.looseObject({ messageId: z.string().optional(), subject: z.string().optional() }).optional(),
    })
    .optional(),
  bounce: detailSchemas.bounce.optional(),
  complaint: detailSchemas.complaint.optional(),
  delivery: detailSchemas.delivery.optional(),
  open: detailSchemas.act.optional(),
  click: detailSchemas.act.optional(),
  reject: z.looseObject({ reason: z.string().optional() }).optional(),
});
type SesEvent = z.output<typeof eventSchema>;

/** What one kind of event says, for each person it is about. */
interface SesReading {
  act: MailAct;
  people: readonly { address: string; reason?: string | undefined }[];
  report: Pick<MailReport, 'timestamp' | 'url' | 'userAgent'>;
}

const toAll = (event: SesEvent, reason?: string) =>
  (event.mail?.destination ?? []).map((address) => ({ address, reason }));

type Reader = (event: SesEvent) => SesReading;

const readings: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Send', (event) => ({ act: 'sent', people: toAll(event), report: { timestamp: event.mail?.timestamp } })],
  ['Bounce', readBounce],
  ['Complaint', readComplaint],
  ['Delivery', readDelivery],
  ['DeliveryDelay', (event) => ({ act: 'deferred', people: toAll(event), report: { timestamp: undefined } })],
  ['Reject', (event) => readFailure(event, event.reject?.reason)],
  ['Rendering Failure', (event) => readFailure(event, 'the template could not be rendered')],
  ['Open', (event) => readAct('opened', event, event.open)],
  ['Click', (event) => readAct('clicked', event, event.click)],
]);

/** Only "Permanent" speaks of the address; "Transient" and "Undetermined" may pass. */
function readBounce({ bounce }: SesEvent): SesReading {
  return {
    act: bounce?.bounceType === 'Permanent' ? 'bounced' : 'soft-bounced',
    people: (bounce?.bouncedRecipients ?? []).map((person) => ({
      address: person.emailAddress,
      reason: person.diagnosticCode,
    })),
    report: { timestamp: bounce?.timestamp },
  };
}

function readComplaint({ complaint }: SesEvent): SesReading {
  const reason = complaint?.complaintFeedbackType;
  const people = (complaint?.complainedRecipients ?? []).map(({ emailAddress }) => ({ address: emailAddress, reason }));
  return { act: 'complained', people, report: { timestamp: complaint?.timestamp } };
}

function readDelivery(event: SesEvent): SesReading {
  const { delivery } = event;
  const addresses = delivery?.recipients ?? event.mail?.destination ?? [];
  const people = addresses.map((address) => ({ address, reason: delivery?.smtpResponse }));
  return { act: 'delivered', people, report: { timestamp: delivery?.timestamp } };
}

function readFailure(event: SesEvent, reason: string | undefined): SesReading {
  return { act: 'dropped', people: toAll(event, reason), report: { timestamp: event.mail?.timestamp } };
}

function readAct(act: MailAct, event: SesEvent, detail: SesEvent['click']): SesReading {
  const report = { timestamp: detail?.timestamp, url: detail?.link, userAgent: detail?.userAgent };
  return { act, people: toAll(event), report };
}

function messageIdIn({ mail }: SesEvent): string | null {
  const header = mail?.headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  return messageIdOf(header ?? mail?.commonHeaders?.messageId);
}

function itemsOf(id: string, event: SesEvent, raw: unknown): readonly SourceItem[] {
  const reading = readings.get(event.eventType ?? event.notificationType ?? '')?.(event);
  if (reading === undefined) return [refusal('unknown_event', raw)];
  const { act, people, report } = reading;
  if (people.length === 0) return [refusal('no_recipient', raw)];
  // Of a mail to several people nobody can say who opened it.
  if (people.length > 1 && (act === 'opened' || act === 'clicked')) return [refusal('ambiguous_recipient', raw)];
  return people.map(({ address, reason }, index) =>
    mailMessage(act, {
      provider: 'ses',
      id: `${id}-${index}`,
      address,
      reason,
      mailMessageId: messageIdIn(event),
      subject: event.mail?.commonHeaders?.subject,
      mailKey: event.mail?.messageId,
      ...report,
    }),
  );
}

/** Events and notifications of Amazon SES, published to a topic of Amazon SNS. */
export const sesEvents: SourceDefinition = {
  key: 'ses-events',
  label: 'Amazon SES: events of mails',
  setUp:
    'In Amazon SES, have a configuration set publish its events to a topic of Amazon SNS. Give the topic an HTTPS ' +
    'subscription to this address, without raw message delivery; it is confirmed by itself.',
  verification: 'amazon-sns',
  settings: snsSettings,
  mostBytes: EVENT_BYTES,
  parse: ({ json }) => {
    const notification = notificationOf(json);
    if (notification === null) return [];
    const { id, message } = notification;
    return readItem(message, eventSchema, (event) => itemsOf(id, event, message));
  },
};
