import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IngestResponse, LeadDetail } from '@rekindle/contracts';
import { ManualClock, ProvisionService } from '@rekindle/nest';
import { temporaryFolder, type LeadBuilder } from '@rekindle/testing';
import { readEnvironment } from './env';
import { createLogger } from './logger';
import { createServer, type ServerTimes } from './server.factory';

/** 2026-03-02 12:00 UTC, a Monday. */
export const noon = Date.UTC(2026, 2, 2, 12);
export const DAY = 86_400_000;
export const MINUTE = 60_000;

/** What a test sends; `key` goes into the Authorization header. */
export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What the server answered: `json` as its contract says, null where the text is none. */
export interface Answer<Json = unknown> {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
  json: Json;
}

/** A workspace with its credentials. */
export interface Tenant {
  workspaceId: string;
  writeKey: string;
  apiKey: string;
  email: string;
  password: string;
}

function jsonOf<Json>(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null as Json;
  }
}

/** A server on a temporary database, with a clock that stands still and no loops of its own. */
export class TestServer {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly clock: ManualClock,
    readonly databaseFile: string,
  ) {}

  static async start(env: Record<string, string> = {}, times?: ServerTimes): Promise<TestServer> {
    const folder = temporaryFolder();
    const clock = new ManualClock(noon);
    const settings = readEnvironment({
      DATABASE_URL: `sqlite:${folder}/rekindle.db`,
      SECRET_KEY: 'only-for-tests-only-for-tests-only-for-tests',
      ROLE: 'api',
      LOG_LEVEL: 'silent',
      ...env,
    });
    const parts = { logger: createLogger('silent'), adminFolder: `${folder}/none`, clock, ...(times ? { times } : {}) };
    const app = await createServer(settings, parts);
    return new TestServer(app, clock, `${folder}/rekindle.db`);
  }

  stop(): Promise<void> {
    return this.app.close();
  }

  async tenant(name: string): Promise<Tenant> {
    const credentials = {
      writeKey: `wk_${name}_0123456789`,
      apiKey: `ak_${name}_0123456789`,
      email: `admin@${name}.test`,
      password: `password of ${name}`,
    };
    const { email, password, writeKey, apiKey } = credentials;
    const admin = { email, password, name: `Admin of ${name}` };
    const workspace = { name, timezone: 'UTC', isDemo: false, writeKey, apiKey, admin };
    return { workspaceId: await this.app.get(ProvisionService, { strict: false }).create(workspace), ...credentials };
  }

  async call<Json>(path: string, { method = 'GET', key, body, headers = {} }: Call = {}): Promise<Answer<Json>> {
    const isRaw = typeof body === 'string' || body instanceof Buffer;
    const response = await this.app.inject({
      method,
      url: path,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      json: jsonOf<Json>(response.body),
    };
  }

  /** Sends a lead's story over the tracking API and gives the lead's id. */
  async tell({ writeKey, apiKey }: Tenant, lead: LeadBuilder): Promise<string> {
    const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
    const body = { batch: lead.items(this.clock.now()) };
    const sent = await this.call<IngestResponse | null>('/v1/batch', {
      method: 'POST',
      body,
      headers: { authorization },
    });
    if (sent.json?.accepted !== body.batch.length) throw new Error(`not accepted: ${sent.text}`);
    return (await this.call<LeadDetail>(`/api/leads/by-external-id/${lead.userId}`, { key: apiKey })).json.id;
  }

  /** Signs in and gives the headers of a browser that did. */
  async signIn({ email, password }: Tenant): Promise<Record<string, string>> {
    const answer = await this.call('/api/session', { method: 'POST', body: { email, password } });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    return { cookie, 'x-rekindle': '1' };
  }
}
