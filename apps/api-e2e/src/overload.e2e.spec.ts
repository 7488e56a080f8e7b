import { startServer, type RunningServer } from '@rekindle/testing';
import { eventually, everything, peakMemoryMb, post, SECOND, send, track } from './world';

/** More at once than can be stored in time, from senders who do not wait when they are asked to. */
const SENDERS = 200;
const BATCH = 100;
const BURST_MS = 4 * SECOND;
const MOST_GROWTH_MB = 256;

interface Answered {
  status: number;
  retryAfter: string | null;
  messageIds: string[];
}

async function flood(server: RunningServer): Promise<Answered[]> {
  const answered: Answered[] = [];
  const until = Date.now() + BURST_MS;
  const sender = async (_: unknown, nth: number): Promise<void> => {
    do {
      const batch = Array.from({ length: BATCH }, (__, index) => track(`lead-${nth}-${index}`, 'Page', Date.now()));
      const response = await post(server, '/v1/batch', { batch });
      await response.text();
      const retryAfter = response.headers.get('retry-after');
      answered.push({ status: response.status, retryAfter, messageIds: batch.map(({ messageId }) => messageId) });
    } while (Date.now() < until);
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return answered;
}

describe('more than the server can store in time', () => {
  let server: RunningServer;
  let answered: Answered[];
  let beforeMb: number;

  beforeAll(async () => {
    server = await startServer();
    await send(server, [track('somebody', 'Page', Date.now())]);
    beforeMb = peakMemoryMb(server);
    answered = await flood(server);
  });
  afterAll(() => server.stop());

  it('is stored or refused, each refusal with the seconds after which to come back (P5)', () => {
    const refused = answered.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(answered.length);
    for (const { status, retryAfter } of refused) expect([status, retryAfter]).toEqual([503, '1']);
  });

  it('has every event of an accepted batch once, and none of a refused one', async () => {
    const accepted = answered.filter(({ status }) => status === 200).flatMap(({ messageIds }) => messageIds);
    const stored = await everything<{ messageId: string; name: string }>(server, '/api/events');
    const flooded = stored.map(({ messageId }) => messageId).slice(0, -1);
    expect(flooded.sort()).toEqual(accepted.sort());
  });

  it('does not fill the memory, and is over when it is over', async () => {
    expect(peakMemoryMb(server) - beforeMb).toBeLessThan(MOST_GROWTH_MB);
    const after = await eventually(
      () => post(server, '/v1/batch', { batch: [track('later', 'Page', Date.now())] }),
      ({ status }) => status === 200,
      10 * SECOND,
    );
    expect(after.status).toBe(200);
  });
});
