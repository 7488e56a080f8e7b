import { type IngestResponse } from '@rekindle/contracts';
import { type HostileWorld, type StoredEvent } from './hostile.oracle';

/** One case: its number in the list of hostile inputs, what is sent, and the check of what it gets. */
export interface HostileRow {
  no: number;
  name: string;
  run(world: HostileWorld): Promise<void>;
}

let last = 0;

/** A message id no other row has. */
export const newMessageId = (): string => `hostile-${(last += 1)}`;

const neighbour = () => ({ type: 'track', event: 'Email Opened', userId: 'neighbour', messageId: newMessageId() });

/** A whole request that gets one status, and one code where it is a problem. */
export function request(
  no: number,
  name: string,
  sent: { body: string | Uint8Array; headers?: Record<string, string>; path?: string },
  [status, code]: [number, string?],
): HostileRow {
  const run = async (world: HostileWorld): Promise<void> => {
    const { body, headers, path = '/v1/batch' } = sent;
    const response = await world.post(path, body, headers);
    const answer = (await response.json()) as { code?: string };
    expect([response.status, answer.code]).toEqual([status, code]);
    if (status >= 400) expect(response.headers.get('content-type')).toContain('problem+json');
  };
  return { no, name, run };
}

async function sendBeside(world: HostileWorld, item: string): Promise<IngestResponse['results']> {
  const response = await world.post('/v1/batch', `{"batch":[${item},${JSON.stringify(neighbour())}]}`);
  expect(response.status).toBe(200);
  const { results } = (await response.json()) as IngestResponse;
  expect(results[1]?.status).toBe('accepted');
  return results;
}

/** Fields of a track call as JSON text; a text stands for itself, so that it may say what no object can. */
const itemOf = (messageId: string, fields: string | Record<string, unknown>): string => {
  const base = { type: 'track', event: 'Email Opened', userId: 'hostile', messageId };
  if (typeof fields !== 'string') return JSON.stringify({ ...base, ...fields });
  return `${JSON.stringify(base).slice(0, -1)},${fields}}`;
};

/** One item of a batch that is rejected with its code, while its neighbour is taken. */
export function refused(no: number, name: string, fields: string | Record<string, unknown>, code: string): HostileRow {
  const run = async (world: HostileWorld): Promise<void> => {
    const [result] = await sendBeside(world, itemOf(newMessageId(), fields));
    expect([result?.status, result?.code]).toEqual(['rejected', code]);
  };
  return { no, name, run };
}

/** One item of a batch that is taken; `stored` is what of it is read back, `code` the flag it carries. */
export function taken(
  no: number,
  name: string,
  fields: string | Record<string, unknown>,
  expected: { code?: string; stored?: Partial<StoredEvent> } = {},
): HostileRow {
  const run = async (world: HostileWorld): Promise<void> => {
    const messageId = newMessageId();
    const [result] = await sendBeside(world, itemOf(messageId, fields));
    expect([result?.status, result?.code]).toEqual(['accepted', expected.code]);
    const stored = await world.stored(messageId);
    expect(stored).toMatchObject({ messageId, ...expected.stored });
  };
  return { no, name, run };
}

/** A case with a story of its own. */
export const story = (no: number, name: string, run: HostileRow['run']): HostileRow => ({ no, name, run });
