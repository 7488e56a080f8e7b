import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { IngestResponse, LeadDetail, SourceWithSecret, StoredEventList } from '@rekindle/contracts';
import { ProvisionService, SnsClient } from '@rekindle/nest';
import { certificate, certificateKey } from './sns.certificate.fixture';
import type { Answer, Call, TestServer } from './server.fixture';

/** The key the recorded Mailgun requests are signed with. */
export const MAILGUN_KEY = 'TEST_WEBHOOK_SIGNING_KEY';
export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:mail';
export const CERTIFICATE_URL = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem';

interface AskedOfAmazon {
  certificates: string[];
  confirmations: string[];
}

/** Answers in Amazon's place, and tells what it was asked. */
export function standInForAmazon(server: TestServer): AskedOfAmazon {
  const asked: AskedOfAmazon = { certificates: [], confirmations: [] };
  const client = server.app.get(SnsClient, { strict: false });
  jest.spyOn(client, 'certificate').mockImplementation(async (url) => {
    asked.certificates.push(url);
    return certificate;
  });
  jest.spyOn(client, 'confirm').mockImplementation(async (url) => void asked.confirmations.push(url));
  return asked;
}

type Headers = Record<string, string>;
type Signer = (body: Buffer, headers: Headers, now: number) => { body: Buffer; headers: Headers };

/** As Amazon signs a message. */
export function signedByAmazon(message: Record<string, unknown>, version: '1' | '2' = '2'): Record<string, unknown> {
  const whole: Record<string, unknown> = {
    TopicArn: TOPIC,
    Timestamp: '2018-03-26T17:58:59.675Z',
    MessageId: randomUUID(),
    SigningCertURL: CERTIFICATE_URL,
    ...message,
    SignatureVersion: version,
  };
  const confirmed = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const notified = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
  const fields = (whole['Type'] === 'Notification' ? notified : confirmed).filter((name) => whole[name] !== undefined);
  const text = fields.map((name) => `${name}\n${String(whole[name])}\n`).join('');
  const signature = sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(text), certificateKey);
  return { ...whole, Signature: signature.toString('base64') };
}

/** As Standard Webhooks are signed, with nothing of any library. */
export function standardHeaders(secret: string, body: string, sent: { id: string; at: number }): Headers {
  const seconds = Math.floor(sent.at / 1_000);
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${sent.id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': sent.id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

/** As SendGrid signs. */
export function sendgridHeaders(key: KeyObject, body: Buffer, at: number): Headers {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), body]), key).toString('base64');
  return {
    'x-twilio-email-event-webhook-signature': signature,
    'x-twilio-email-event-webhook-timestamp': timestamp,
  };
}

/** A source of a workspace of its own, and its provider. */
export class SourceWorld {
  private constructor(
    private readonly server: TestServer,
    readonly apiKey: string,
    readonly source: { id: string; url: string; secret: string | null; secretUrl: string | null },
    private readonly signer: Signer,
  ) {}

  static async open(server: TestServer, key: string): Promise<SourceWorld> {
    const apiKey = `ak_${randomUUID()}`;
    const workspace = { name: key, timezone: 'UTC', isDemo: false, apiKey, writeKey: `wk_${apiKey}` };
    await server.app.get(ProvisionService, { strict: false }).create(workspace);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const settings: Record<string, Record<string, string>> = {
      'sendgrid-events': { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
      'ses-events': { topicArn: TOPIC },
      'ses-inbound': { topicArn: TOPIC },
    };
    const secret = key.startsWith('mailgun') ? { secret: MAILGUN_KEY } : {};
    const body = { key, name: 'Ours', settings: settings[key] ?? {}, ...secret };
    const { status, json, text } = await server.call<SourceWithSecret>('/api/sources', {
      method: 'POST',
      key: apiKey,
      body,
    });
    if (status !== 201) throw new Error(text);
    return new SourceWorld(server, apiKey, json, signerOf(key, json.secret, privateKey));
  }

  /** Leads known by these addresses. */
  async know(addresses: readonly string[]): Promise<void> {
    const batch = addresses.map((email) => ({ type: 'identify', userId: `user of ${email}`, traits: { email } }));
    const authorization = `Basic ${Buffer.from(`wk_${this.apiKey}:`).toString('base64')}`;
    await this.server.call('/v1/batch', { method: 'POST', body: { batch }, headers: { authorization } });
  }

  /** A delivery, rightly signed now. */
  send(body: unknown, headers: Headers = {}): Promise<Answer<IngestResponse>> {
    const bytes = body instanceof Buffer ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return this.sendAsIs(this.signer(bytes, headers, this.server.clock.now()));
  }

  sendAsIs<Json = IngestResponse>({ body, headers }: { body: unknown; headers: Headers }): Promise<Answer<Json>> {
    return this.server.call(`/v1/sources/${this.source.id}`, { method: 'POST', body, headers });
  }

  api<Json>(path: string, call: Call = {}): Promise<Answer<Json>> {
    return this.server.call(path, { key: this.apiKey, ...call });
  }

  /** Everything stored but who the leads are, by message id. */
  async stored(): Promise<StoredEventList['items']> {
    const { items } = (await this.api<StoredEventList>('/api/events?limit=200')).json;
    return items
      .filter(({ type }) => type !== 'identify')
      .sort((one, other) => (String(one.messageId) < String(other.messageId) ? -1 : 1));
  }

  async lead(address: string): Promise<{ points: number; isSuppressed: boolean }> {
    const { json } = await this.api<LeadDetail>(
      `/api/leads/by-external-id/${encodeURIComponent(`user of ${address}`)}`,
    );
    return { points: json.score.engagement.points, isSuppressed: json.isSuppressed };
  }
}

function signerOf(key: string, secret: string | null, privateKey: KeyObject): Signer {
  if (key === 'sendgrid-events')
    return (body, headers, now) => ({ body, headers: { ...headers, ...sendgridHeaders(privateKey, body, now) } });
  if (key.startsWith('mailgun')) return (body, headers) => ({ body, headers });
  if (key.startsWith('ses')) {
    return (body, headers) => ({
      body: Buffer.from(JSON.stringify(signedByAmazon({ ...JSON.parse(body.toString()), TopicArn: TOPIC }))),
      headers,
    });
  }
  if (key === 'webhook') {
    return (body, headers, now) => ({
      body,
      headers: { ...standardHeaders(secret ?? '', body.toString(), { id: randomUUID(), at: now }), ...headers },
    });
  }
  const authorization = `Basic ${Buffer.from(`rekindle:${secret}`).toString('base64')}`;
  return (body, headers) => ({ body, headers: { ...headers, authorization } });
}
