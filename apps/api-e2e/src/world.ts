import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type LeadDetail, type IngestResponse, type ScoreAnswer } from '@rekindle/contracts';
import { type RunningServer } from '@rekindle/testing';

export const SECOND = 1_000;
export const DAY = 86_400_000;

/** Basic auth of the tracking API. */
export const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

/** Posts to the tracking API as any HTTP client would. */
export function post(server: RunningServer, path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basic(server.writeKey), ...headers },
    body: typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
  });
}

/** Sends messages in one batch and gives the per-item answer; fails the test on anything but 200. */
export async function send(server: RunningServer, batch: Record<string, unknown>[]): Promise<IngestResponse> {
  const response = await post(server, '/v1/batch', { batch });
  if (response.status !== 200) throw new Error(`batch answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as IngestResponse;
}

/** Calls the management API with the key of the bootstrapped workspace. */
export async function api<T>(server: RunningServer, path: string): Promise<T> {
  const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.apiKey}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

export const leadOf = (server: RunningServer, userId: string): Promise<LeadDetail> =>
  api(server, `/api/leads/by-external-id/${encodeURIComponent(userId)}`);

export const scoreOf = (server: RunningServer, leadId: string, at: number): Promise<ScoreAnswer> =>
  api(server, `/api/leads/${leadId}/score?at=${new Date(at).toISOString()}`);

/** The most memory a server has held at one time, in MB. */
export function peakMemoryMb({ pid }: RunningServer): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** Every row of a paged list. */
export async function everything<T>(server: RunningServer, path: string): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const separator = path.includes('?') ? '&' : '?';
    const page: { items: T[]; nextCursor: string | null } = await api(
      server,
      `${path}${separator}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return rows;
}

/** Asks again until the answer satisfies, for effects that follow an event (alerts, mails). */
export async function eventually<T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
  withinMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let answer = await ask();
  while (!isEnough(answer)) {
    if (Date.now() > deadline)
      throw new Error(`not within ${withinMs} ms; last seen: ${JSON.stringify(answer)?.slice(0, 2_000)}`);
    await pause(100);
    answer = await ask();
  }
  return answer;
}

/** Waits for the wall clock, where the story is about time passing on a running server. */
export const untilInstant = (instant: number): Promise<void> => pause(Math.max(0, instant - Date.now()));

let counter = 0;
const nextId = (): string => `e2e-${process.pid}-${(counter += 1)}`;

/** A track call of a user at an instant (epoch ms). */
export const track = (userId: string, event: string, at: number, properties: Record<string, unknown> = {}) => ({
  type: 'track',
  messageId: nextId(),
  userId,
  event,
  properties,
  timestamp: new Date(at).toISOString(),
});

/** A page call of a user at an instant (epoch ms). */
export const page = (userId: string, path: string, at: number) => ({
  type: 'page',
  messageId: nextId(),
  userId,
  name: path === '/pricing' ? 'Pricing' : 'Page',
  properties: { path, url: `https://www.acme.example${path}` },
  timestamp: new Date(at).toISOString(),
});

/** An identify call that makes the lead known and gives it an owner. */
export const identify = (userId: string, at: number, traits: Record<string, unknown> = {}) => ({
  type: 'identify',
  messageId: nextId(),
  userId,
  timestamp: new Date(at).toISOString(),
  traits: {
    email: `${userId}@acme.example`,
    name: `Ann ${userId}`,
    title: 'VP Sales',
    owner: 'owner@sales.example',
    ...traits,
  },
});
