import type { AddressInfo } from 'node:net';
import { Controller, Get, Inject, Injectable, Module, NotFoundException, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { aLead, temporaryFolder } from '@rekindle/testing';
import { ManualClock } from './clock/clock';
import { ProvisionService } from './credentials/provision.service';
import { LeadScoringModule } from './lead-scoring.module';

const noon = Date.UTC(2026, 2, 2, 12);

@Injectable()
class CrmSettings {
  readonly secretKey = 'only-for-tests-only-for-tests-only-for-tests';
}

@Module({ providers: [CrmSettings], exports: [CrmSettings] })
class CrmModule {}

@Controller('crm')
class CrmController {
  @Get()
  show(): { isCrm: boolean } {
    return { isCrm: true };
  }

  @Get('missing')
  miss(): never {
    throw new NotFoundException('the CRM says so');
  }
}

/** A CRM on Express with Nest's own body parsers, which gets its options from its own services. */
async function startHost(clock: ManualClock): Promise<{ app: INestApplication; url: string }> {
  @Module({
    imports: [
      CrmModule,
      LeadScoringModule.forRootAsync({
        imports: [CrmModule],
        inject: [CrmSettings],
        useFactory: ({ secretKey }: CrmSettings) => ({
          databaseUrl: `sqlite:${temporaryFolder()}/crm.db`,
          publicUrl: 'http://localhost',
          secretKey,
          mailFrom: 'sales@crm.test',
          postalAddress: 'Street 1',
          role: 'api',
          clock,
        }),
      }),
    ],
    controllers: [CrmController],
  })
  class HostModule {
    constructor(@Inject(CrmSettings) readonly settings: CrmSettings) {}
  }
  const app = await NestFactory.create(HostModule, new ExpressAdapter(), { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}` };
}

describe('inside a CRM on Express', () => {
  const clock = new ManualClock(noon);
  let host: { app: INestApplication; url: string };
  let second: { app: INestApplication; url: string };
  const keys = { writeKey: 'wk_crm_0123456789', apiKey: 'ak_crm_0123456789' };

  beforeAll(async () => {
    host = await startHost(clock);
    second = await startHost(clock);
    const admin = { email: 'ann@crm.test', password: 'long enough', name: 'Ann' };
    for (const [name, { app }] of Object.entries({ first: host, second })) {
      await app
        .get(ProvisionService, { strict: false })
        .create({ name, timezone: 'UTC', isDemo: false, ...keys, admin });
    }
  });
  afterAll(async () => {
    await host.app.close();
    await second.app.close();
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}, at = host) =>
    fetch(`${at.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const get = (path: string, at = host) =>
    fetch(`${at.url}${path}`, { headers: { authorization: `Bearer ${keys.apiKey}` } });
  const authorization = `Basic ${Buffer.from(`${keys.writeKey}:`).toString('base64')}`;

  it('takes in events and answers with the score they make', async () => {
    const sent = await post(
      '/v1/batch',
      { batch: aLead('jane').identified().replied().items(noon) },
      { authorization },
    );
    expect([sent.status, (await sent.json()).accepted]).toEqual([200, 2]);
    const lead = await (await get('/api/leads/by-external-id/jane')).json();
    expect(lead.score.engagement.points).toBeCloseTo(10, 9);
    const score = await (await get(`/api/leads/${lead.id}/score?at=2026-04-01T12:00:00Z`)).json();
    expect(score.engagement.points).toBeCloseTo(5, 9);
  });

  it('signs people in and refuses what it does not know', async () => {
    const answer = await post('/api/session', { email: 'ann@crm.test', password: 'long enough' });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, expect.stringMatching(/^rekindle=/)]);
    const unknown = await post('/api/session', { email: 'a', password: 'b', role: 'admin' });
    expect([unknown.status, (await unknown.json()).errors]).toEqual([400, [expect.objectContaining({ path: 'role' })]]);
    expect((await post('/api/session', '{"email":"a","password":"b","__proto__":{}}')).status).toBe(400);
    expect((await get('/api/leads?limit=1&limit=2')).headers.get('content-type')).toContain('application/problem+json');
  });

  it('leaves the routes and the errors of the CRM alone', async () => {
    expect(await (await get('/crm')).json()).toEqual({ isCrm: true });
    const missing = await get('/crm/missing');
    expect(missing.headers.get('content-type')).toContain('application/json');
    expect(await missing.json()).toMatchObject({ message: 'the CRM says so', statusCode: 404 });
  });

  it('keeps two hosts in one process apart', async () => {
    expect((await (await get('/api/leads', second)).json()).total).toBe(0);
    expect((await (await get('/api/workspace', second)).json()).name).toBe('second');
    expect((await (await get('/api/leads')).json()).total).toBe(1);
  });
});
