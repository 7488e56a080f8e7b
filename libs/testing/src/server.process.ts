import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from './temporary.folder';
import { workspaceRoot } from './workspace.root';

export interface ServerOptions {
  /** Variables for the server; they win over the defaults below. Nothing of the own environment is passed on. */
  env?: Record<string, string>;
  /** How long it may take until `/readyz` answers 200. */
  timeoutMs?: number;
  /** The file to run; default: the built server of this workspace. */
  entry?: string;
}

/** A built server, running in a process of its own. */
export interface RunningServer {
  url: string;
  writeKey: string;
  apiKey: string;
  admin: { email: string; password: string };
  pid: number;
  /** Lines of standard output and standard error so far. */
  logs: readonly string[];
  /** SIGTERM; resolves when the process has ended. Rejects where it had to be killed after 15 s. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** The same every time, so that a server started again on the same database is reached with the same keys. */
const credentials = {
  writeKey: 'wk_test_0123456789abcdefghijklmnop',
  apiKey: 'ak_test_0123456789abcdefghijklmnop',
  admin: { email: 'admin@rekindle.test', password: 'correct horse battery staple' },
};

const ENTRY = join('dist', 'apps', 'api', 'main.js');
const STOP_MS = 15_000;
const MOST_LOG_LINES = 5_000;

/**
 * Starts the built server on a free port of 127.0.0.1 with a database in a temporary folder and bootstrapped
 * credentials, and waits until it is ready. Rejects with the server's own words where it is not.
 */
export async function startServer({ env = {}, timeoutMs = 30_000, entry }: ServerOptions = {}): Promise<RunningServer> {
  const port = env['PORT'] ?? String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const variables: Record<string, string> = { ...defaultEnvironment(url), PORT: port, ...env };
  const file = entry ?? builtServer();
  const child = spawn(process.execPath, [...nodeFlagsOf(file), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: variables,
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const logs = linesOf(child);
  const server: RunningServer = {
    url,
    ...credentialsIn(variables),
    pid: child.pid ?? 0,
    logs,
    stop: () => stop(child, gone),
    kill: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
  await untilReady(child, server, timeoutMs);
  return server;
}

function credentialsIn(variables: Record<string, string>): Pick<RunningServer, 'writeKey' | 'apiKey' | 'admin'> {
  return {
    writeKey: variables['BOOTSTRAP_WRITE_KEY'] ?? '',
    apiKey: variables['BOOTSTRAP_API_KEY'] ?? '',
    admin: {
      email: variables['BOOTSTRAP_ADMIN_EMAIL'] ?? '',
      password: variables['BOOTSTRAP_ADMIN_PASSWORD'] ?? '',
    },
  };
}

function defaultEnvironment(url: string): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    DATABASE_URL: `sqlite:${join(temporaryFolder(), 'rekindle.db')}`,
    SECRET_KEY: 'only-for-tests-only-for-tests-only-for-tests',
    BOOTSTRAP_WRITE_KEY: credentials.writeKey,
    BOOTSTRAP_API_KEY: credentials.apiKey,
    BOOTSTRAP_ADMIN_EMAIL: credentials.admin.email,
    BOOTSTRAP_ADMIN_PASSWORD: credentials.admin.password,
    LOG_LEVEL: 'warn',
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function builtServer(): string {
  const entry = join(workspaceRoot(), ENTRY);
  if (!existsSync(entry)) throw new Error(`There is no ${ENTRY}: build the server first.`);
  return entry;
}

/** Flags for Node, as the build says it wants to be run. Default: the built server of this workspace. */
export function nodeFlagsOf(entry = builtServer()): string[] {
  const flags = join(dirname(entry), 'node-flags.json');
  return existsSync(flags) ? (JSON.parse(readFileSync(flags, 'utf8')) as string[]) : [];
}

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      lines.splice(0, Math.max(0, lines.length - MOST_LOG_LINES));
    });
    stream?.on('end', () => rest && lines.push(rest));
  }
  return lines;
}

async function untilReady(child: ChildProcess, server: RunningServer, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isReady(server.url))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded || performance.now() > deadline) {
      await server.kill();
      const words = server.logs.slice(-30).join('\n');
      throw new Error(`The server ${hasEnded ? 'ended' : `was not ready within ${timeoutMs} ms`}:\n${words}`);
    }
    await pause(50);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess, gone: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const patience = new AbortController();
  const isLate = pause(STOP_MS, true, { signal: patience.signal }).catch(() => false);
  const wasLate = await Promise.race([gone.then(() => false), isLate]);
  patience.abort();
  if (wasLate) {
    child.kill('SIGKILL');
    await gone;
    throw new Error(`The server did not end within ${STOP_MS} ms of SIGTERM.`);
  }
}
