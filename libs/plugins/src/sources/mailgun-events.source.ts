import { z } from 'zod';
import { firstOf, isoOfSeconds, jsonOf, lastOf, messageIdOf, readItem, refusal } from './item.reading';
import { mailMessage, type MailAct, type MailReport } from './mail.act';
import {
  EVENT_BYTES,
  noSettings,
  type FormFields,
  type SourceDefinition,
  type SourceItem,
  type SuppressionReason,
} from './source.definition';

const textOrNothing = z.string().nullish();
const eventSchema = z.looseObject({
  event: z.string(),
  id: z.string().min(1).max(200).nullish(),
  timestamp: z.number().nullish(),
  recipient: textOrNothing,
  url: textOrNothing,
  severity: textOrNothing,
  reason: textOrNothing,
  reject: z.looseObject({ reason: textOrNothing }).nullish(),
  'delivery-status': z.looseObject({ message: textOrNothing, description: textOrNothing }).nullish(),
  'client-info': z.looseObject({ 'user-agent': textOrNothing, bot: textOrNothing }).nullish(),
  message: z
    .looseObject({ headers: z.looseObject({ 'message-id': textOrNothing, to: textOrNothing }).nullish() })
    .nullish(),
});
type MailgunEvent = z.output<typeof eventSchema>;

const webhookSchema = z.looseObject({
  'event-data': eventSchema,
  signature: z.looseObject({ token: z.string().min(1).max(200) }),
});

const acts: ReadonlyMap<string, MailAct> = new Map<string, MailAct>([
  ['accepted', 'sent'],
  ['delivered', 'delivered'],
  ['failed', 'soft-bounced'],
  ['bounced', 'bounced'],
  ['dropped', 'dropped'],
  ['rejected', 'dropped'],
  ['opened', 'opened'],
  ['clicked', 'clicked'],
  ['complained', 'complained'],
  ['unsubscribed', 'unsubscribed'],
]);

/** Reasons (and codes of the older format) for not even trying: what the provider remembers of the address. */
const remembered: ReadonlyMap<string, SuppressionReason> = new Map<string, SuppressionReason>([
  ['suppress-bounce', 'bounced'],
  ['suppress-complaint', 'complained'],
  ['suppress-unsubscribe', 'unsubscribed'],
  ['605', 'bounced'],
  ['606', 'unsubscribed'],
  ['607', 'complained'],
]);

function actOf({ event, severity, reason }: MailgunEvent): MailAct | undefined {
  if (event !== 'failed' || severity !== 'permanent') return event === 'failed' ? 'deferred' : acts.get(event);
  return reason === 'old' ? 'soft-bounced' : remembered.has(reason ?? '') ? 'dropped' : 'bounced';
}

/** `reject` events name nobody but the header's recipient. */
function recipientOf({ recipient, message }: MailgunEvent): string | null {
  if (recipient) return recipient;
  const to = message?.headers?.to ?? '';
  return /<([^<>]+)>\s*$/.exec(to)?.[1] ?? (to.includes('@') ? to.trim() : null);
}

function reasonOf(event: MailgunEvent): string | undefined {
  const status = event['delivery-status'];
  return status?.message || status?.description || event.reject?.reason || event.reason || undefined;
}

function itemOf(event: MailgunEvent, token: string, raw: unknown): SourceItem {
  const act = actOf(event);
  const address = recipientOf(event);
  if (act === undefined) return refusal('unknown_event', raw);
  if (address === null) return refusal('no_recipient', raw);
  return mailMessage(act, {
    provider: 'mailgun',
    id: event.id ?? token,
    timestamp: typeof event.timestamp === 'number' ? isoOfSeconds(event.timestamp) : undefined,
    address,
    mailMessageId: messageIdOf(event.message?.headers?.['message-id']),
    url: event.url ?? undefined,
    reason: reasonOf(event),
    ...clientOf(event),
    suppression: remembered.get(event.reason ?? '') ?? null,
  });
}

function clientOf({ 'client-info': client }: MailgunEvent): Pick<MailReport, 'userAgent' | 'flag'> {
  const userAgent = client?.['user-agent'] ?? undefined;
  if (!client?.bot) return { userAgent };
  return { userAgent, flag: /apple|gmail|google|yahoo/i.test(client.bot) ? 'privacy-proxy' : 'scanner' };
}

function headerIn(form: FormFields, name: string): string | undefined {
  const headers = z.array(z.tuple([z.string(), z.unknown()])).safeParse(jsonOf(firstOf(form, 'message-headers')));
  const value = headers.success ? headers.data.find(([key]) => key.toLowerCase() === name)?.[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The format before 2018: fields of a form. A sender's own variables may bear the same names; those come second. */
function formEvent(form: FormFields): unknown {
  const code = firstOf(form, 'code');
  return {
    event: firstOf(form, 'event'),
    timestamp: Number(lastOf(form, 'timestamp')),
    recipient: firstOf(form, 'recipient'),
    url: firstOf(form, 'url'),
    reason: remembered.has(code ?? '') ? code : undefined,
    'delivery-status': { message: firstOf(form, 'error') ?? firstOf(form, 'description') },
    'client-info': { 'user-agent': firstOf(form, 'user-agent') },
    message: { headers: { 'message-id': firstOf(form, 'Message-Id') ?? headerIn(form, 'message-id') } },
  };
}

function parseForm(form: FormFields): readonly SourceItem[] {
  const raw = Object.fromEntries(form);
  return readItem(formEvent(form), eventSchema, (event) => itemOf(event, lastOf(form, 'token') ?? '', raw));
}

/** Mailgun's webhooks: one event each, as JSON or in the older form. */
export const mailgunEvents: SourceDefinition = {
  key: 'mailgun-events',
  label: 'Mailgun: events of mails',
  setUp:
    'In Mailgun, add this address to the webhooks of your domain, for each kind of event. The secret is the HTTP webhook ' +
    'signing key of the account.',
  verification: 'mailgun-hmac',
  settings: noSettings,
  mostBytes: EVENT_BYTES,
  parse: ({ json, form }) =>
    form.size > 0
      ? parseForm(form)
      : readItem(json, webhookSchema, (webhook) => itemOf(webhook['event-data'], webhook.signature.token, json)),
};
