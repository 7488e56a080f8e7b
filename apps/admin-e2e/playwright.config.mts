import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = join(import.meta.dirname, '../..');
const port = Number(process.env.E2E_PORT ?? 43_117);
const url = `http://127.0.0.1:${port}`;
const nodeFlags: string[] = JSON.parse(readFileSync(join(root, 'dist/apps/api/node-flags.json'), 'utf8'));
const chromium = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

/**
 * The stories run against the built server with the demo workspace, in the system's chromium. The configuration is read
 * once per worker, so the folder of the database is handed down through the environment.
 */
process.env.E2E_FOLDER ??= mkdtempSync(join(tmpdir(), 'admin-e2e-'));

export default defineConfig({
  testDir: 'src',
  testMatch: '**/*.spec.ts',
  timeout: 60_000,
  workers: 1,
  forbidOnly: true,
  outputDir: join(root, 'dist/playwright'),
  reporter: [['list'], ['json', { outputFile: join(root, 'dist/test-results/admin-e2e.e2e.json') }]],
  use: {
    baseURL: url,
    screenshot: 'only-on-failure',
    // A trace puts scripts into every page, also into the sandboxed preview of a mail, which then is not what users see.
    trace: 'off',
    launchOptions: {
      executablePath: chromium,
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    },
  },
  webServer: {
    command: [JSON.stringify(process.execPath), ...nodeFlags, 'dist/apps/api/main.js'].join(' '),
    cwd: root,
    url: `${url}/readyz`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: {
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: `sqlite:${join(process.env.E2E_FOLDER, 'rekindle.db')}`,
      DEMO: '1',
      LOG_LEVEL: 'warn',
    },
  },
});
