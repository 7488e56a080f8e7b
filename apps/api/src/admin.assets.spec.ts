import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@rekindle/testing';
import { fastify, type FastifyInstance } from 'fastify';
import { serveAdmin } from './admin.assets';

const page = '<!doctype html><title>Leads</title>';

describe('the built admin', () => {
  let server: FastifyInstance;

  beforeAll(async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), page);
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets', 'index-a1b2c3.js'), 'export {};');
    server = fastify();
    await serveAdmin(server, folder);
  });
  afterAll(() => server.close());

  const get = (url: string) => server.inject({ url });

  it.each(['/', '/leads', '/leads/01a2?tab=why', '/index.html', '/mail'])(
    'is one page at %s, asked for anew',
    async (url) => {
      const answer = await get(url);
      expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([200, page, 'no-cache']);
      expect(answer.headers['content-type']).toContain('text/html');
    },
  );

  it('keeps files whose name changes with their content for ever, and others not', async () => {
    const script = await get('/assets/index-a1b2c3.js');
    expect([script.statusCode, script.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(script.headers['content-type']).toContain('javascript');
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it.each(['/assets/gone-1.js', '/api/unknown', '//api/unknown', '/V1/unknown', '/docs/unknown', '/e/x'])(
    'is not what an unknown address of the server answers: %s',
    async (url) => {
      expect((await get(url)).body).not.toContain('Leads');
    },
  );

  it.each(['/..%2f..%2fetc%2fpasswd', '/assets/%2e%2e/%2e%2e/package.json', '/%00', '/.env'])(
    'gives out nothing but its own files: %s',
    async (url) => {
      expect((await get(url)).body).toBe(page);
    },
  );
});
