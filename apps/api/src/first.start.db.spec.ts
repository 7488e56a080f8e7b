import type { ModelList, RuleList } from '@rekindle/contracts';
import { ProvisionService } from '@rekindle/nest';
import { bannerOf } from './banner';
import { readEnvironment, type Environment } from './env';
import { demoCredentials, shownDemoCredentials } from './first.start';
import { DAY, TestServer } from './server.fixture';
import { provisionFirst } from './first.start';

const settings = { SECRET_KEY: 'only-for-tests-only-for-tests-only-for-tests' };

describe('the first start', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
  });
  afterEach(() => server.stop());

  async function first(env: Environment) {
    const made = await provisionFirst(server.app, env);
    if (made === null) throw new Error('there is a workspace already');
    return made;
  }

  it('sets up one workspace, whichever of several processes is first (P12)', async () => {
    const env = readEnvironment({ ...settings, BOOTSTRAP_WRITE_KEY: 'wk_given_0123456789' });
    const made = await Promise.all(Array.from({ length: 5 }, () => provisionFirst(server.app, env)));
    expect(made.filter((each) => each !== null)).toHaveLength(1);
    expect(await server.app.get(ProvisionService, { strict: false }).list()).toHaveLength(1);
  });

  it('makes credentials nobody gave and shows them once', async () => {
    const { credentials } = await first(readEnvironment(settings));
    expect(credentials.email).toBe('admin@rekindle.test');
    expect([credentials.password, credentials.writeKey]).toEqual([
      expect.stringMatching(/^[\w-]{32}$/),
      expect.stringMatching(/^lsw_/),
    ]);
    const { email, password, apiKey } = credentials;
    expect((await server.call('/api/session', { method: 'POST', body: { email, password } })).status).toBe(200);
    expect((await server.call('/api/leads', { key: apiKey })).status).toBe(200);
  });

  it('takes those it was given and never prints them', async () => {
    const given = { writeKey: 'wk_given_0123456789', apiKey: 'ak_given_0123456789', adminPassword: 'given password' };
    const env = readEnvironment({
      ...settings,
      BOOTSTRAP_WRITE_KEY: given.writeKey,
      BOOTSTRAP_API_KEY: given.apiKey,
      BOOTSTRAP_ADMIN_EMAIL: 'ann@crm.test',
      BOOTSTRAP_ADMIN_PASSWORD: given.adminPassword,
    });
    const { credentials } = await first(env);
    const banner = bannerOf(env, credentials);
    expect(banner).toContain('ann@crm.test');
    for (const secret of Object.values(given)) expect(banner).not.toContain(secret);
    expect((await server.call('/api/leads', { key: given.apiKey })).status).toBe(200);
  });

  it('comes with the default model, the three rules and a published version', async () => {
    const { credentials } = await first(readEnvironment(settings));
    server.clock.advanceBy(DAY);
    const models = (await server.call<ModelList>('/api/models', { key: credentials.apiKey })).json.items;
    expect(models).toEqual([expect.objectContaining({ key: 'default', publishedVersion: 1, hasDraft: false })]);
    expect((await server.call<RuleList>('/api/rules', { key: credentials.apiKey })).json.items).toHaveLength(3);
  });

  it('shows the credentials of the demo, which everybody knows, and listens on this machine alone', () => {
    const env = readEnvironment({ ...settings, DEMO: '1' });
    expect(env.host).toBe('127.0.0.1');
    expect(shownDemoCredentials(env)).toEqual({ ...demoCredentials });
    expect(bannerOf(env, shownDemoCredentials(env))).toContain('demo_write_key');
  });
});
