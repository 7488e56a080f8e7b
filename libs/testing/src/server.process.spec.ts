import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, temporaryFolder } from './index';

/** A stand-in that answers like the server: `/readyz` after a while, its environment as JSON elsewhere. */
const standIn = `
  const { createServer } = require('node:http');
  if (process.env.FAIL) { console.error('PORT: ' + process.env.FAIL); process.exit(1); }
  console.log('starting');
  const readyAt = Date.now() + 120;
  createServer((request, response) => {
    response.statusCode = Date.now() < readyAt ? 503 : 200;
    response.end(JSON.stringify(process.env));
  }).listen(Number(process.env.PORT), process.env.HOST);
  process.on('SIGTERM', () => { console.log('goodbye'); process.exit(0); });
`;

describe('starting a server', () => {
  const entry = join(temporaryFolder(), 'stand-in.cjs');
  beforeAll(() => writeFileSync(entry, standIn));

  it('gives an address that is ready, with a database and credentials of its own', async () => {
    const server = await startServer({ entry });
    const response = await fetch(server.url);
    const env = (await response.json()) as Record<string, string>;
    await server.stop();

    expect(env).toMatchObject({
      PUBLIC_URL: server.url,
      DATABASE_URL: expect.stringMatching(/^sqlite:.*rekindle\.db$/),
      BOOTSTRAP_WRITE_KEY: server.writeKey,
      BOOTSTRAP_API_KEY: server.apiKey,
      BOOTSTRAP_ADMIN_EMAIL: server.admin.email,
      BOOTSTRAP_ADMIN_PASSWORD: server.admin.password,
    });
    expect(env['PATH']).toBeUndefined();
    expect(server.logs).toEqual(['starting', 'goodbye']);
  });

  it('is reached with the same keys when it is started again', async () => {
    const first = await startServer({ entry });
    await first.kill();
    const second = await startServer({ entry, env: { DATABASE_URL: 'sqlite:/tmp/kept.db' } });
    await second.kill();

    expect(second.writeKey).toBe(first.writeKey);
    expect(() => process.kill(second.pid, 0)).toThrow();
  });

  it('says in the server’s own words why it does not start', async () => {
    await expect(startServer({ entry, env: { FAIL: 'must be a port number' } })).rejects.toThrow(
      /ended:\nPORT: must be a port number/,
    );
  });
});
