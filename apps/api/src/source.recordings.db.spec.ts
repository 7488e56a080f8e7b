import { recordedRequests, type RecordedEvent, type RecordedRequest } from '@rekindle/testing';
import { noon, TestServer } from './server.fixture';
import { SourceWorld, standInForAmazon } from './source.fixture';

const nameOf: Record<string, string> = {
  queued: 'Email Sent',
  sent: 'Email Sent',
  delivered: 'Email Delivered',
  deferred: 'Email Deferred',
  rejected: 'Email Dropped',
  failed: 'Email Dropped',
  bounced: 'Email Bounced',
  complained: 'Email Marked as Spam',
  unsubscribed: 'Email Unsubscribed',
  subscribed: 'Email Resubscribed',
  opened: 'Email Opened',
  clicked: 'Email Link Clicked',
  inbound: 'Email Replied',
};

/** What the recordings take for an event and we keep with a reason, for nobody can say whom it is about. */
const refusedAs: Record<string, string> = {
  'sendgrid test_dropped_invalid_event': 'no_user_anon_id',
  'ses test_inbound_sns_base64': 'spam',
  'ses test_inbound_s3': 'content_elsewhere',
};

/** Signed with the account's API key, as was the custom before there were keys for webhooks. */
const signedOtherwise = 'test_defaults_webhook_signing_to_api_key';

/** Its subject is in code page 850, which the web's decoders do not know. */
const oddCharset = 'test_inbound_charsets';

/** Where the recordings give the time of the notification, and Amazon's own text that of the act. */
const actAt: Record<string, string> = {
  test_bounce_event: '2016-01-27T14:59:44.101Z',
  test_delivery_event: '2016-01-27T14:59:38.237Z',
  test_click_event: '2017-08-09T23:51:25.570Z',
  test_open_event: '2017-08-09T22:00:19.652Z',
};

function bareAddress(text: string | null | undefined): string | null {
  return (/<([^<>]+)>/.exec(text ?? '')?.[1] ?? text ?? '').toLowerCase() || null;
}

function addressOf(event: RecordedEvent): string | null {
  return event.event_type === 'inbound'
    ? bareAddress(event.from === 'None' ? '' : event.from)
    : bareAddress(event.recipient);
}

function codeOf(provider: string, name: string, event: RecordedEvent): string | null {
  if (event.event_type === 'unknown') return 'invalid_item';
  const nobody = event.event_type === 'inbound' ? 'no_sender' : 'no_recipient';
  return refusedAs[`${provider} ${name}`] ?? (addressOf(event) === null ? nobody : null);
}

function timestampOf(provider: string, name: string, event: RecordedEvent): Record<string, string> {
  const at = provider === 'ses' ? actAt[name] : event.event_type === 'inbound' ? undefined : event.timestamp;
  return at ? { timestamp: new Date(Math.trunc(Date.parse(at))).toISOString() } : {};
}

function propertiesOf(name: string, event: RecordedEvent): Record<string, unknown> {
  const subject = event.event_type === 'inbound' && name !== oddCharset ? event.subject : null;
  return {
    recipient: addressOf(event),
    ...(event.click_url ? { url: event.click_url } : {}),
    ...(subject ? { subject } : {}),
  };
}

function expectationsOf(provider: string, { name, events }: RecordedRequest): unknown[] {
  return events.map((event) => {
    const code = codeOf(provider, name, event);
    if (code !== null) return expect.objectContaining({ status: 'rejected', code });
    const isUnscored = /Sent|Delivered|Deferred|Dropped|Resubscribed/.test(nameOf[event.event_type] ?? '');
    return expect.objectContaining({
      name: nameOf[event.event_type],
      status: isUnscored ? 'unscored' : 'scored',
      properties: expect.objectContaining(propertiesOf(name, event)),
      ...timestampOf(provider, name, event),
    });
  });
}

/** Mailgun's signature holds for a day round its own time. */
function timeOf({ body, events }: RecordedRequest): number {
  const stamps = [...body.toString('latin1').matchAll(/"timestamp"(?:: "|\r?\n\r?\n)(\d{9,10})/g)];
  const signed = Number(stamps.at(-1)?.[1] ?? 0) * 1_000;
  const latest = Math.max(...events.map(({ timestamp }) => (timestamp ? Date.parse(timestamp) : 0)), 0);
  return Math.max(signed, latest) === 0 ? noon : Math.max(signed, latest) + 60_000;
}

const files: [provider: string, kind: string, file: string][] = [
  ['sendgrid', 'events', 'test_sendgrid_webhooks'],
  ['mailgun', 'events', 'test_mailgun_webhooks'],
  ['postmark', 'events', 'test_postmark_webhooks'],
  ['ses', 'events', 'test_amazon_ses_webhooks'],
  ['sendgrid', 'inbound', 'test_sendgrid_inbound'],
  ['mailgun', 'inbound', 'test_mailgun_inbound'],
  ['postmark', 'inbound', 'test_postmark_inbound'],
  ['ses', 'inbound', 'test_amazon_ses_inbound'],
];

const recordings = files.flatMap(([provider, kind, file]) =>
  (recordedRequests(file) ?? [])
    .filter(({ name, events }) => events.length > 0 && name !== signedOtherwise)
    .map((request, index) => ({ provider, kind, index, request, name: request.name })),
);

describe('recorded requests of mail providers', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start();
    standInForAmazon(server);
  });
  afterAll(() => server.stop());

  it('are read by every kind of source, where they are at hand', () => {
    const kinds = new Set(recordings.map(({ provider, kind }) => `${provider}-${kind}`));
    expect([0, files.length]).toContain(kinds.size);
  });

  it.each(recordings)('$provider $kind $index $name becomes what it says', async ({ provider, kind, request }) => {
    server.clock.set(timeOf(request));
    const world = await SourceWorld.open(server, `${provider}-${kind}`);
    await world.know(request.events.flatMap((event) => addressOf(event) ?? []));
    const { authorization: _, Authorization: __, ...headers } = request.headers;
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const answer = await world.send(request.body, lower);
    expect([answer.status, answer.text.slice(0, 500)]).toEqual([200, expect.stringContaining('"success":true')]);
    expect(await world.stored()).toEqual(expectationsOf(provider, request));
  });
});
