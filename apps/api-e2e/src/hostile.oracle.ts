import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { startServer, temporaryFolder, type RunningServer } from '@rekindle/testing';
import { api, peakMemoryMb, post } from './world';

/** Bounds of the common oracle: nothing that comes in may cost more. */
export const mostStallMs = 250;
export const mostMemoryMb = 512;

/** An event as the list of everything stored shows it. */
export interface StoredEvent {
  messageId: string;
  status: string;
  code: string | null;
  name: string | null;
  userId: string | null;
  timestamp: string | null;
  properties: Record<string, unknown>;
}

const monitor = pathToFileURL(join(__dirname, 'stall.monitor.mjs')).href;

/** What the watch says of a process that runs this script. */
export function stallOf(script: string): number {
  const stallFile = join(temporaryFolder(), 'stall');
  const asking = `process.kill(process.pid, 'SIGUSR2'); setInterval(() => existsSync(process.env.STALL_FILE) && process.exit(), 5)`;
  const whole = `setTimeout(() => { ${script}; setTimeout(() => { ${asking} }, 50) }, 100)`;
  const env = { STALL_FILE: stallFile };
  execFileSync(process.execPath, [`--import=${monitor}`, '-e', `const { existsSync } = require('node:fs'); ${whole}`], {
    env,
  });
  return Number(readFileSync(stallFile, 'utf8'));
}

/** A running server, watched from inside, and what it answered. */
export class HostileWorld {
  /** Statuses since the last look. */
  statuses: number[] = [];

  private constructor(
    readonly server: RunningServer,
    private readonly stallFile: string,
  ) {}

  static async open(): Promise<HostileWorld> {
    const stallFile = join(temporaryFolder(), 'stall');
    const env = { NODE_OPTIONS: `--import=${monitor}`, STALL_FILE: stallFile };
    const world = new HostileWorld(await startServer({ env }), stallFile);
    await world.longestStallMs();
    return world;
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await post(this.server, path, body, headers);
    this.statuses.push(response.status);
    return response;
  }

  /** What a newest event is stored as; null when it is not. */
  async stored(messageId: string): Promise<StoredEvent | null> {
    const { items } = await api<{ items: StoredEvent[] }>(this.server, '/api/events?limit=200');
    return items.find((event) => event.messageId === messageId) ?? null;
  }

  /** Sends bytes as they are on a connection of their own and gives everything that came back before it was closed. */
  raw(chunks: readonly (string | Uint8Array)[], patienceMs = 3_000): Promise<{ text: string; isClosed: boolean }> {
    const { hostname, port } = new URL(this.server.url);
    return new Promise((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname);
      const settle = (isClosed: boolean): void => {
        clearTimeout(timer);
        socket.destroy();
        const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
        if (status) this.statuses.push(Number(status));
        resolve({ text, isClosed });
      };
      const timer = setTimeout(() => settle(false), patienceMs);
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      socket.on('error', () => settle(true));
      socket.on('close', () => settle(true));
      for (const chunk of chunks) socket.write(chunk);
    });
  }

  /** Sends `head` at once and then a letter of `body` each second; resolves with the ms until the server hung up. */
  drip(head: string, body: string): Promise<number> {
    const { hostname, port } = new URL(this.server.url);
    const startedAt = performance.now();
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(head));
      const letters = [...body];
      const timer = setInterval(() => socket.write(letters.shift() ?? ''), 1_000);
      socket.resume();
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve(performance.now() - startedAt);
      });
    });
  }

  /** The longest time in which the server's event loop answered nobody, since the last look. */
  async longestStallMs(): Promise<number> {
    rmSync(this.stallFile, { force: true });
    process.kill(this.server.pid, 'SIGUSR2');
    const deadline = performance.now() + 5_000;
    while (!existsSync(this.stallFile) && performance.now() < deadline) await pause(2);
    return Number(readFileSync(this.stallFile, 'utf8'));
  }

  /** The most memory the server has held at one time, in MB. */
  peakMemoryMb(): number {
    return peakMemoryMb(this.server);
  }
}
