import { z } from 'zod';
import { isoOfSeconds, messageIdOf, readItem, refusal } from './item.reading';
import { mailMessage, type MailAct } from './mail.act';
import { EVENT_BYTES, sendgridSettings, type SourceDefinition, type SuppressionReason } from './source.definition';

const eventSchema = z.looseObject({
  event: z.string(),
  email: z.string(),
  timestamp: z.number(),
  sg_event_id: z.string().min(1).max(200).optional(),
  sg_message_id: z.string().max(300).optional(),
  'smtp-id': z.string().optional(),
  type: z.string().optional(),
  reason: z.string().optional(),
  response: z.string().optional(),
  url: z.string().optional(),
  useragent: z.string().optional(),
  sg_machine_open: z.boolean().optional(),
});
type SendgridEvent = z.output<typeof eventSchema>;

const acts: ReadonlyMap<string, MailAct> = new Map<string, MailAct>([
  ['processed', 'sent'],
  ['dropped', 'dropped'],
  ['delivered', 'delivered'],
  ['deferred', 'deferred'],
  ['bounce', 'bounced'],
  ['open', 'opened'],
  ['click', 'clicked'],
  ['spamreport', 'complained'],
  ['unsubscribe', 'unsubscribed'],
  ['group_unsubscribe', 'unsubscribed'],
  ['group_resubscribe', 'resubscribed'],
]);

const dropReasons: readonly (readonly [start: string, reason: SuppressionReason])[] = [
  ['bounced', 'bounced'],
  ['spam reporting', 'complained'],
  ['unsubscribed', 'unsubscribed'],
];

/** A "block" is a refusal for now: of our server, of the content, of the moment; not of the address. */
function actOf({ event, type }: SendgridEvent): MailAct | undefined {
  return event === 'bounce' && type === 'blocked' ? 'soft-bounced' : acts.get(event);
}

function suppressionOf({ event, reason = '' }: SendgridEvent): SuppressionReason | null {
  if (event !== 'dropped') return null;
  return dropReasons.find(([start]) => reason.toLowerCase().startsWith(start))?.[1] ?? null;
}

/** SendGrid's event webhook: an array of events, signed as a whole. */
export const sendgridEvents: SourceDefinition = {
  key: 'sendgrid-events',
  label: 'SendGrid: events of mails',
  setUp:
    'In SendGrid, add an event webhook with this address and enable the signed event webhook. Its verification key goes ' +
    'in here; SendGrid shows it once the webhook is saved, so save it with any address first.',
  verification: 'sendgrid-ecdsa',
  settings: sendgridSettings,
  mostBytes: EVENT_BYTES,
  parse: ({ json }) =>
    (Array.isArray(json) ? json : [json]).flatMap((raw: unknown) =>
      readItem(raw, eventSchema, (event) => {
        const act = actOf(event);
        if (act === undefined) return refusal('unknown_event', raw);
        return mailMessage(act, {
          provider: 'sendgrid',
          id: event.sg_event_id ?? null,
          timestamp: isoOfSeconds(event.timestamp),
          address: event.email,
          mailMessageId: messageIdOf(event['smtp-id']),
          url: event.url,
          reason: event.reason ?? event.response,
          userAgent: event.useragent,
          // Apple's proxy loads mail whether or not anybody reads it.
          flag: event.sg_machine_open === true ? 'privacy-proxy' : undefined,
          mailKey: event.sg_message_id?.split('.')[0],
          suppression: suppressionOf(event),
        });
      }),
    ),
};
