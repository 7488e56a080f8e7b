import { readFileSync } from 'node:fs';
import { sign } from 'node:crypto';
import SqliteFile from 'better-sqlite3';
import type { LeadDetail, Problem, Source, SourceCatalog, SourceList, SourceWithSecret } from '@rekindle/contracts';
import { noon, TestServer, type Tenant } from './server.fixture';
import { certificateKey } from './sns.certificate.fixture';
import {
  CERTIFICATE_URL,
  signedByAmazon,
  SourceWorld,
  standardHeaders,
  standInForAmazon,
  TOPIC,
} from './source.fixture';

const SECOND = 1_000;
const ann = 'ann@acme.example';
const seconds = (at: number): number => Math.floor(at / SECOND);

const clicked = (id: string, more: Record<string, unknown> = {}) => ({
  event: 'click',
  email: ann,
  timestamp: seconds(noon) - 60,
  sg_event_id: id,
  url: 'https://acme.example/pricing',
  useragent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  ...more,
});

const notification = (message: unknown) => ({ Type: 'Notification', Message: JSON.stringify(message) });

const bounceOf = (emailAddress: string, bounceType = 'Permanent') =>
  notification({ eventType: 'Bounce', bounce: { bounceType, bouncedRecipients: [{ emailAddress }] } });

/** SendGrid's own test vector (MIT, Twilio SendGrid): right over these bytes, wrong over the same JSON written anew. */
const vector = {
  publicKey:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
  headers: {
    'x-twilio-email-event-webhook-signature':
      'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
    'x-twilio-email-event-webhook-timestamp': '1600112502',
  },
  body: '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
};

describe('sources of signals', () => {
  let server: TestServer;
  let amazon: ReturnType<typeof standInForAmazon>;

  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.clock.set(noon);
    jest.restoreAllMocks();
    amazon = standInForAmazon(server);
  });

  const open = async (key: string): Promise<SourceWorld> => {
    const world = await SourceWorld.open(server, key);
    await world.know([ann]);
    return world;
  };

  const refusalOf = async (world: SourceWorld): Promise<string | undefined> =>
    (await world.api<SourceList>('/api/sources')).json.items[0]?.lastRefusal?.code;

  describe('that count once', () => {
    it('T20: the same webhook a hundred times counts once', async () => {
      const world = await open('sendgrid-events');
      const answers = await Promise.all(Array.from({ length: 100 }, () => world.send([clicked('e1')])));
      const accepted = answers.reduce((sum, { json }) => sum + json.accepted, 0);
      expect([answers.every(({ status }) => status === 200), accepted]).toEqual([true, 1]);
      expect(await world.stored()).toHaveLength(1);
      expect((await world.lead(ann)).points).toBeCloseTo(3, 3);
    });

    it('P3: one bad item is kept with its reason and changes nothing for the others', async () => {
      const world = await open('sendgrid-events');
      const { json } = await world.send([
        clicked('e1'),
        { event: 'click' },
        'nonsense',
        clicked('e2', { email: 'who@x.example' }),
      ]);
      expect(json.results.map(({ status, code }) => [status, code])).toEqual([
        ['accepted', undefined],
        ['rejected', 'invalid_item'],
        ['rejected', 'invalid_item'],
        ['rejected', 'unknown_address'],
      ]);
      const kept = (await world.stored()).filter(({ status }) => status === 'rejected');
      expect(kept).toHaveLength(3);
      expect((await world.lead(ann)).points).toBeGreaterThan(2.9);
    });

    it('T19: a key that would reach into prototypes is refused with its item alone', async () => {
      const world = await open('webhook');
      const body = `{"batch":[{"type":"track","event":"Demo Requested","email":"${ann}","properties":{"__proto__":{"a":1}}},{"type":"track","event":"Demo Requested","email":"${ann}"},{"__proto__":{"type":"track"}}]}`;
      const { json } = await world.send(body);
      expect([json.accepted, json.rejected, json.results[0]?.code]).toEqual([1, 2, 'forbidden_key']);
      expect(({} as Record<string, unknown>)['a']).toBeUndefined();
    });
  });

  describe('that prove who they are', () => {
    it("SendGrid's own vector is right over the raw bytes alone", async () => {
      const world = await open('sendgrid-events');
      await world.api(`/api/sources/${world.source.id}`, {
        method: 'PATCH',
        body: { settings: { publicKey: vector.publicKey } },
      });
      expect((await world.sendAsIs(vector)).json).toMatchObject({
        rejected: 1,
        results: [{ code: 'unknown_address' }],
      });
      const rewritten = { ...vector, body: JSON.stringify(JSON.parse(vector.body)) };
      expect((await world.sendAsIs(rewritten)).status).toBe(401);
    });

    it.each(['sendgrid-events', 'sendgrid-inbound', 'mailgun-events', 'postmark-events', 'ses-events', 'webhook'])(
      '%s with a missing or wrong signature stores nothing',
      async (key) => {
        const world = await open(key);
        const body = JSON.stringify([clicked('e1')]);
        const forged = {
          authorization: `Basic ${Buffer.from('rekindle:guessed').toString('base64')}`,
          ...standardHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', body, { id: 'm1', at: noon }),
          ...vector.headers,
        };
        for (const headers of [{}, forged]) expect((await world.sendAsIs({ body, headers })).status).toBe(401);
        expect(await world.stored()).toEqual([]);
      },
    );

    it('the vector of Standard Webhooks is signed as we check it', () => {
      const body = '{"test": 2432232314}';
      const sent = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000 };
      const headers = standardHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', body, sent);
      expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    });

    it('T20: a signed webhook is good for five minutes, and for its own bytes', async () => {
      const world = await open('webhook');
      const body = JSON.stringify({ type: 'track', event: 'Demo Requested', email: ann });
      const headers = (at: number) => standardHeaders(world.source.secret ?? '', body, { id: `m${at}`, at });
      for (const at of [noon - 301 * SECOND, noon + 301 * SECOND]) {
        expect((await world.sendAsIs({ body, headers: headers(at) })).status).toBe(401);
      }
      expect((await world.sendAsIs({ body: `${body} `, headers: headers(noon) })).status).toBe(401);
      const rotated = { ...headers(noon) };
      rotated['webhook-signature'] = `v1,b2xk ${rotated['webhook-signature']}`;
      expect((await world.sendAsIs({ body, headers: rotated })).json.accepted).toBe(1);
    });

    it("T20: Mailgun's token, which does not cover the body, is good for one body", async () => {
      const world = await open('mailgun-events');
      server.clock.set(1_534_109_660_000);
      const body = (recipient: string) => ({
        'event-data': { event: 'unsubscribed', id: `e-${recipient}`, timestamp: 1_534_109_600.08, recipient },
        signature: {
          token: '1234567890abcdef1234567890abcdef',
          timestamp: '1534109600',
          signature: '55d7cdae3cff972e9a63ee432f780efcac70a05f9b55a7269f8346134532a122',
        },
      });
      expect((await world.send(body('other@acme.example'))).status).toBe(200);
      expect((await world.send(body('other@acme.example'))).json.rejected).toBe(1);
      expect((await world.send(body(ann))).status).toBe(401);
      expect(await refusalOf(world)).toBe('used_before');
      expect((await world.lead(ann)).isSuppressed).toBe(false);
      server.clock.set(1_534_109_600_000 + 25 * 3_600 * SECOND);
      expect((await world.send(body('other@acme.example'))).status).toBe(401);
    });

    it('the secret of one source opens no other', async () => {
      const [mine, yours] = [await open('postmark-events'), await open('postmark-events')];
      const authorization = `Basic ${Buffer.from(`rekindle:${mine.source.secret}`).toString('base64')}`;
      const body = { RecordType: 'Open', Recipient: ann, ReceivedAt: new Date(noon).toISOString() };
      expect((await yours.sendAsIs({ body, headers: { authorization } })).status).toBe(401);
      expect((await mine.sendAsIs({ body, headers: { authorization } })).json.accepted).toBe(1);
      expect([(await mine.stored()).length, (await yours.stored()).length]).toEqual([1, 0]);
    });
  });

  describe('behind Amazon SNS', () => {
    const post = async (world: SourceWorld, message: Record<string, unknown>) =>
      (await world.sendAsIs({ body: message, headers: { 'content-type': 'text/plain' } })).status;

    it.each(['1', '2'] as const)('signatures of version %s are understood', async (version) => {
      const world = await open('ses-events');
      expect(await post(world, signedByAmazon(bounceOf(ann), version))).toBe(200);
      expect((await world.lead(ann)).isSuppressed).toBe(true);
    });

    it("T10: Amazon's signature for anybody else's topic is worth nothing, nor is a changed message", async () => {
      const world = await open('ses-events');
      const foreign = signedByAmazon({ ...bounceOf(ann), TopicArn: TOPIC.replace(':mail', ':evil') });
      const changed = { ...signedByAmazon(bounceOf('x@x.example')), Message: bounceOf(ann).Message };
      expect([await post(world, foreign), await refusalOf(world)]).toEqual([401, 'wrong_topic']);
      expect(await post(world, changed)).toBe(401);
      expect((await world.lead(ann)).isSuppressed).toBe(false);
    });

    it.each([
      'http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
      'https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0123456789abcdef.pem',
      'https://evil.example/SimpleNotificationService-0123456789abcdef.pem?sns.us-east-1.amazonaws.com',
      'https://sns.us-east-1.amazonaws.com@127.0.0.1/SimpleNotificationService-0123456789abcdef.pem',
      'https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-0123456789abcdef.pem',
      'https://bucket.s3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
      'https://sns.us-east-1.amazonaws.com/../x/SimpleNotificationService-0123456789abcdef.pem',
      'file:///etc/passwd',
    ])('T6: no certificate is fetched from %s', async (SigningCertURL) => {
      const world = await open('ses-events');
      expect(await post(world, { ...signedByAmazon({ ...bounceOf(ann), SigningCertURL }) })).toBe(401);
      expect(amazon.certificates).toEqual([]);
    });

    it('T6: a subscription is confirmed at Amazon, wherever the message would lead', async () => {
      const world = await open('ses-events');
      const message = {
        Type: 'SubscriptionConfirmation',
        Message: 'You have chosen to subscribe',
        Token: 'abc123',
        SubscribeURL: 'http://169.254.169.254/latest/meta-data',
      };
      expect(await post(world, { ...signedByAmazon(message), Token: 'other' })).toBe(401);
      expect(amazon.confirmations).toEqual([]);
      expect(await post(world, signedByAmazon(message))).toBe(200);
      const [asked, ...others] = amazon.confirmations;
      expect([new URL(asked ?? '').host, others]).toEqual(['sns.us-east-1.amazonaws.com', []]);
      expect(Object.fromEntries(new URL(asked ?? '').searchParams)).toEqual({
        Action: 'ConfirmSubscription',
        TopicArn: TOPIC,
        Token: 'abc123',
      });
      expect(await world.stored()).toEqual([]);
    });

    it('the note that a topic works, and the end of a subscription, are answered and do nothing', async () => {
      const world = await open('ses-events');
      const note = {
        Type: 'Notification',
        Message: 'Successfully validated SNS topic for Amazon SES event publishing.',
      };
      const end = { Type: 'UnsubscribeConfirmation', Message: 'bye', Token: 'abc', SubscribeURL: 'https://x.example' };
      expect([await post(world, signedByAmazon(note)), await post(world, signedByAmazon(end))]).toEqual([200, 200]);
      expect([await world.stored(), amazon.confirmations]).toEqual([[], []]);
    });

    it('a signature by another key under the right name is wrong', async () => {
      const world = await open('ses-events');
      const message = signedByAmazon(bounceOf(ann));
      const signature = sign('sha256', Buffer.from('something else'), certificateKey).toString('base64');
      expect(await post(world, { ...message, SigningCertURL: CERTIFICATE_URL, Signature: signature })).toBe(401);
    });
  });

  describe('and what they do', () => {
    it('L9: a hard bounce and a complaint end all mail to the address at once, a soft bounce does not', async () => {
      const world = await open('ses-events');
      await world.send(bounceOf(ann, 'Transient'));
      expect((await world.lead(ann)).isSuppressed).toBe(false);
      await world.send(
        notification({
          notificationType: 'Complaint',
          complaint: { complainedRecipients: [{ emailAddress: ann.toUpperCase() }] },
        }),
      );
      expect((await world.lead(ann)).isSuppressed).toBe(true);
      expect((await world.lead(ann)).points).toBeLessThan(0);
    });

    it('L9: soft bounces on three days give an address up, three in a day do not', async () => {
      const world = await open('ses-events');
      const softly = (day: number, hour = 0) =>
        notification({
          eventType: 'Bounce',
          bounce: {
            bounceType: 'Transient',
            timestamp: new Date(noon - day * 86_400_000 + hour * 3_600_000).toISOString(),
            bouncedRecipients: [{ emailAddress: ann.toUpperCase() }],
          },
          mail: { messageId: `mail-${day}-${hour}` },
        });
      for (const bounce of [softly(9), softly(9, 1), softly(9, 2), softly(1)]) await world.send(bounce);
      expect((await world.lead(ann)).isSuppressed).toBe(false);
      await world.send(softly(5));
      expect((await world.lead(ann)).isSuppressed).toBe(true);
      expect((await world.lead(ann)).points).toBe(0);
    });

    it('L9: an address that is nobody’s yet is suppressed all the same', async () => {
      const world = await open('postmark-events');
      const gone = {
        RecordType: 'SpamComplaint',
        ID: 1,
        Email: 'later@acme.example',
        BouncedAt: new Date(noon).toISOString(),
      };
      expect((await world.send(gone)).json.results[0]?.code).toBe('unknown_address');
      await world.know(['later@acme.example']);
      expect((await world.lead('later@acme.example')).isSuppressed).toBe(true);
    });

    it('a delivery is shown, but is no act of the lead', async () => {
      const world = await open('sendgrid-events');
      await world.send([clicked('e1', { event: 'delivered' })]);
      expect(await world.stored()).toMatchObject([{ name: 'Email Delivered', status: 'unscored', code: 'not_an_act' }]);
      const { json } = await world.api<LeadDetail>(`/api/leads/by-external-id/${encodeURIComponent(`user of ${ann}`)}`);
      expect([json.score.lastActivityAt, json.score.engagement.state]).toEqual([null, 'none']);
    });

    const mailFrom = (headers: string) => ({
      body: Buffer.from(
        ['--BoUnDaRy', 'Content-Disposition: form-data; name="headers"', '', headers, '--BoUnDaRy--', ''].join('\r\n'),
      ),
      headers: { 'content-type': 'multipart/form-data; boundary=BoUnDaRy' },
    });
    const reply = `From: Ann <${ann}>\nSubject: Re: Hello\nMessage-ID: <1@acme.example>\n`;

    it.each([
      ['a reply', reply, 'accepted', 10],
      ['an out-of-office note', `${reply}Auto-Submitted: auto-replied\n`, 'accepted', 0],
      ['a note in words alone', reply.replace('Re:', 'Automatic reply:'), 'accepted', 0],
      ['a bounce', `${reply}Content-Type: multipart/report; report-type=delivery-status\n`, 'rejected', 0],
      ['mail of a stranger', reply.replace(ann, 'who@acme.example'), 'rejected', 0],
    ])('L13: %s counts for what it is', async (_what, head, status, points) => {
      const world = await open('sendgrid-inbound');
      const { body, headers } = mailFrom(head);
      const answer = await world.send(body, headers);
      expect(answer.text).toContain(`"status":"${status}"`);
      expect((await world.lead(ann)).points).toBeCloseTo(points, 6);
    });

    it('T10: nobody sends replies with a public key, under any name that counts as one', async () => {
      const world = await open('webhook');
      const item = { type: 'track', event: 'Email Reply Received', email: ann };
      expect((await world.send(item)).json.accepted).toBe(1);
      expect((await world.lead(ann)).points).toBeCloseTo(10, 6);
    });
  });

  describe('as sales ops set them up', () => {
    let acme: Tenant;
    beforeAll(async () => {
      acme = await server.tenant('sources-acme');
    });
    const api = <Json>(path: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET', body?: unknown) =>
      server.call<Json>(path, { method, key: acme.apiKey, body });

    it('are offered with the form of their settings', async () => {
      const { items } = (await api<SourceCatalog>('/api/sources/catalog')).json;
      expect(items.map(({ key, secretOrigin }) => [key, secretOrigin])).toEqual([
        ['webhook', 'made'],
        ['sendgrid-events', 'none'],
        ['sendgrid-inbound', 'made'],
        ['mailgun-events', 'given'],
        ['mailgun-inbound', 'given'],
        ['postmark-events', 'made'],
        ['postmark-inbound', 'made'],
        ['ses-events', 'none'],
        ['ses-inbound', 'none'],
      ]);
      expect(items[7]?.settingsSchema).toMatchObject({
        properties: { topicArn: { type: 'string', title: 'Topic ARN' } },
      });
      for (const { setUp } of items) expect(setUp).toMatch(/^\S.{50,300}\.$/);
    });

    it('P18: show their secret once and keep it sealed', async () => {
      const created = (await api<SourceWithSecret>('/api/sources', 'POST', { key: 'webhook', name: 'Shop' })).json;
      expect(created.secret).toMatch(/^whsec_/);
      const listed = (await api('/api/sources')).text;
      expect(listed).toContain(created.id);
      expect(listed).not.toContain(created.secret);
      const renewed = (await api<SourceWithSecret>(`/api/sources/${created.id}/secret`, 'POST')).json;
      expect(renewed.secret).toMatch(/^whsec_/);
      expect(renewed.secret).not.toBe(created.secret);
      const { databaseFile } = server;
      for (const file of [databaseFile, `${databaseFile}-wal`]) {
        const bytes = readFileSync(file);
        for (const { secret } of [created, renewed]) expect(bytes.includes(String(secret))).toBe(false);
      }
    });

    it('say which field is wrong', async () => {
      const wrongs = [
        [{ key: 'nothing', name: 'x' }, 'key'],
        [{ key: 'mailgun-events', name: 'x' }, 'secret'],
        [{ key: 'webhook', name: 'x', secret: 'my own secret' }, 'secret'],
        [{ key: 'ses-events', name: 'x', settings: { topicArn: 'arn:aws:s3:::x' } }, 'settings.topicArn'],
      ] as const;
      for (const [body, path] of wrongs) {
        const { status, json } = await api<Problem>('/api/sources', 'POST', body);
        expect([status, json.errors?.[0]?.path]).toEqual([422, path]);
      }
    });

    it('are silent once switched off or removed', async () => {
      const world = await open('postmark-events');
      const record = { RecordType: 'Open', Recipient: ann, ReceivedAt: new Date(noon).toISOString() };
      const path = `/api/sources/${world.source.id}`;
      await world.api(path, { method: 'PATCH', body: { isEnabled: false } });
      expect((await world.send(record)).status).toBe(404);
      await world.api(path, { method: 'PATCH', body: { isEnabled: true } });
      expect((await world.send(record)).status).toBe(200);
      expect((await world.api(path, { method: 'DELETE' })).status).toBe(204);
      expect((await world.send(record)).status).toBe(404);
    });

    it('tell when they last called, and why their last refused call was', async () => {
      const world = await open('webhook');
      const seen = async () => {
        const [source] = (await world.api<SourceList>('/api/sources')).json.items;
        return [source?.lastReceivedAt, source?.lastRefusal];
      };
      const iso = (at: number) => new Date(at).toISOString();
      expect(await seen()).toEqual([null, null]);
      expect((await world.send({ type: 'track', event: 'Demo Requested', email: ann })).status).toBe(200);
      expect(await seen()).toEqual([iso(noon), null]);

      const sign = (at: number, secret = world.source.secret ?? '') => standardHeaders(secret, '{', { id: 'm1', at });
      const refusals = [
        [{}, 'signature_missing'],
        [sign(noon, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), 'signature_wrong'],
        [sign(noon - 400 * SECOND), 'too_old'],
        [sign(noon), 'invalid_json'],
      ] as const;
      for (const [index, [headers, code]] of refusals.entries()) {
        const at = noon + (index + 1) * 10 * SECOND;
        server.clock.set(at);
        const { status, json } = await world.sendAsIs<Problem>({ body: '{', headers });
        // Whoever sends it is not told which of them it was.
        expect([status, json.code]).toEqual(index < 3 ? [401, 'signature_wrong'] : [400, 'invalid_json']);
        expect(await seen()).toEqual([iso(noon), { at: iso(at), code }]);
      }
      server.clock.set(noon + 44 * SECOND);
      await world.sendAsIs({ body: '{', headers: {} });
      expect((await seen())[1]).toEqual({ at: iso(noon + 40 * SECOND), code: 'invalid_json' });
    });

    it('do not stand as refused once a call was believed again, however soon', async () => {
      const world = await open('webhook');
      const calls = async (): Promise<[string, string]> => {
        const [source] = (await world.api<SourceList>('/api/sources')).json.items;
        return [source?.lastReceivedAt ?? '', source?.lastRefusal?.at ?? ''];
      };
      const demo = (messageId: string) => world.send({ type: 'track', event: 'Demo Requested', email: ann, messageId });
      await demo('m1');
      server.clock.set(noon + SECOND);
      await world.sendAsIs({ body: '{', headers: {} });
      server.clock.set(noon + 2 * SECOND);
      expect((await demo('m2')).status).toBe(200);
      const [received, refused] = await calls();
      expect(Date.parse(received)).toBeGreaterThan(Date.parse(refused));
    });

    it('that no longer fit are shown as broken with the reason, renamed, switched off and removed', async () => {
      const { id } = (await api<SourceWithSecret>('/api/sources', 'POST', { key: 'webhook', name: 'Old' })).json;
      const store = (column: string, value: string): void => {
        const file = new SqliteFile(server.databaseFile);
        file.prepare(`UPDATE "ls_sources" SET "${column}" = ? WHERE "id" = ?`).run(value, id);
        file.close();
      };
      const shown = async () => (await api<SourceList>('/api/sources')).json.items.find((source) => source.id === id);
      store('settings', '{"colour":"red"}');
      expect((await shown())?.problem).toContain('Its settings do not fit');
      expect((await server.call(`/v1/sources/${id}`, { method: 'POST', body: {} })).status).toBe(503);
      expect((await api<Source>(`/api/sources/${id}`, 'PATCH', { settings: {} })).json.problem).toBeNull();
      store('key', 'carrier-pigeon');
      expect((await shown())?.problem).toContain('carrier-pigeon');
      const renamed = { name: 'Older', isEnabled: false };
      expect((await api(`/api/sources/${id}`, 'PATCH', renamed)).json).toMatchObject(renamed);
      expect((await api(`/api/sources/${id}`, 'PATCH', { settings: {} })).status).toBe(422);
      expect((await api(`/api/sources/${id}`, 'DELETE')).status).toBe(204);
    });

    it('P17: of another workspace are not there', async () => {
      const world = await open('webhook');
      const path = `/api/sources/${world.source.id}`;
      expect((await api(path, 'PATCH', { name: 'Mine' })).status).toBe(404);
      expect((await api(`${path}/secret`, 'POST')).status).toBe(404);
      expect((await api(path, 'DELETE')).status).toBe(404);
      expect((await api('/api/sources')).text).not.toContain(world.source.id);
    });
  });
});
