import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What a network does to one call: the server is too busy (429), breaks (500), never hears of it, or has stored it when
 * the line goes dead.
 */
export type Fault = 'too-busy' | 'broken' | 'lost-call' | 'lost-answer';

const faults: readonly Fault[] = ['too-busy', 'broken', 'lost-call', 'lost-answer'];

/** One call that came to the proxy. `status` is what the caller saw: null where the line went dead. */
export interface Attempt {
  path: string;
  fault: Fault | null;
  status: number | null;
}

/** A proxy in front of a server. Only calls that carry something (POST) meet faults. */
export interface FaultProxy {
  url: string;
  attempts: readonly Attempt[];
  stop(): Promise<void>;
}

/** Draws a fault for a share of all calls, the same ones every time for the same seed (mulberry32). */
export function seededFaults(seed: number, share: number): () => Fault | null {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => (draw() < share ? (faults[Math.floor(draw() * faults.length)] ?? null) : null);
}

/** Meets the faults given, one per call and in this order, then none. */
export function listedFaults(listed: readonly (Fault | null)[]): () => Fault | null {
  const left = [...listed];
  return () => left.shift() ?? null;
}

function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

function pass(target: string, call: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', url = '/' } = call;
    const headers = { ...call.headers, connection: 'close' };
    const onward = forward(`${target}${url}`, { method, headers }, (answer) => {
      const { statusCode: status = 0 } = answer;
      bodyOf(answer).then((answered) => resolve({ status, headers: answer.headers, body: answered }), reject);
    });
    onward.on('error', reject);
    onward.end(body);
  });
}

const refusals: Partial<Record<Fault, { status: number; headers: Record<string, string> }>> = {
  'too-busy': { status: 429, headers: { 'retry-after': '1' } },
  broken: { status: 500, headers: {} },
};

const sharedWithEveryOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };

function send(reply: ServerResponse, { status, headers, body }: Answer): number {
  delete headers['connection'];
  delete headers['keep-alive'];
  reply.writeHead(status, headers).end(body);
  return status;
}

async function meet(target: string, fault: Fault | null, exchange: [IncomingMessage, ServerResponse]) {
  const [call, reply] = exchange;
  if (fault === 'lost-call') return cut(call);
  const body = await bodyOf(call);
  const refusal = fault === null ? undefined : refusals[fault];
  if (refusal) {
    const headers = { ...sharedWithEveryOrigin, ...refusal.headers };
    return send(reply, { status: refusal.status, headers, body: Buffer.from('{}') });
  }
  const answer = await pass(target, call, body);
  return fault === 'lost-answer' ? cut(call) : send(reply, answer);
}

function cut(call: IncomingMessage): null {
  call.socket.destroy();
  return null;
}

/** Starts a proxy on a free port of 127.0.0.1 in front of `target`; `plan` says what the next call meets. */
export async function startFaultProxy(target: string, plan: () => Fault | null): Promise<FaultProxy> {
  const attempts: Attempt[] = [];
  const server = createServer((call, reply) => {
    const fault = call.method === 'POST' ? plan() : null;
    const attempt: Attempt = { path: call.url ?? '/', fault, status: null };
    if (call.method === 'POST') attempts.push(attempt);
    meet(target, fault, [call, reply]).then(
      (status) => (attempt.status = status),
      () => call.socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, attempts, stop };
}
