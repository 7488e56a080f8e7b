import { join } from 'node:path';
import { startServer, temporaryFolder, type RunningServer } from '@rekindle/testing';
import { killAtWrite } from './system-call.killer';
import { DAY, everything, identify, leadOf, post, scoreOf, track } from './world';

/** Every write of a commit in the full check; otherwise every few, so that each kind of write has its turn. */
const STEP = process.env['CHECK_FULL'] === '1' ? 1 : 12;
const REPLY_POINTS = 10;

type Message = Record<string, unknown> & { messageId: string };

/** Somebody new and somebody known, so that a commit writes to every table of the loop. */
const batchAt = (nth: number, at: number): Message[] => [
  identify(`new-${nth}`, at, { company: `Company ${nth}` }),
  track(`new-${nth}`, 'Email Replied', at - DAY),
  track('known', 'Email Replied', at - nth * 60_000),
  track('known', 'Email Replied', at - 40 * DAY),
];

/** Whether the server answered before it died. */
async function wasAcknowledged(server: RunningServer, batch: readonly Message[]): Promise<boolean> {
  try {
    const response = await post(server, '/v1/batch', { batch });
    await response.json();
    return response.status === 200;
  } catch {
    return false;
  }
}

describe('a server killed in the middle of a commit', () => {
  it('has lost nothing it acknowledged and stored nothing twice, whichever write was the last', async () => {
    const env = { DATABASE_URL: `sqlite:${join(temporaryFolder(), 'rekindle.db')}`, SECRET_KEY: 'k'.repeat(48) };
    const at = Date.now();
    const sent: Message[] = [];
    let unanswered: Message[] = [];
    let deaths = 0;
    for (let nth = 1, isOver = false; !isOver; nth += STEP) {
      const server = await startServer({ env });
      await resend(server, unanswered);
      const batch = batchAt(nth, at);
      const killer = await killAtWrite(server.pid, nth);
      isOver = await wasAcknowledged(server, batch);
      await killer.release();
      await server.kill();
      unanswered = isOver ? [] : batch;
      deaths += unanswered.length > 0 ? 1 : 0;
      sent.push(...batch);
    }

    const server = await startServer({ env });
    await resend(server, unanswered);
    const stored = await everything<{ messageId: string }>(server, '/api/events');
    const replies = sent.filter((message) => message['event'] === 'Email Replied' && message['userId'] === 'known');
    const known = await leadOf(server, 'known');
    const { engagement } = await scoreOf(server, known.id, at);
    await server.stop();

    expect(stored.map(({ messageId }) => messageId).sort()).toEqual(sent.map(({ messageId }) => messageId).sort());
    const ageDays = (message: Message): number => (at - Date.parse(String(message['timestamp']))) / DAY;
    const expected = replies.reduce((sum, reply) => sum + REPLY_POINTS * 2 ** (-ageDays(reply) / 30), 0);
    expect(engagement.points).toBeCloseTo(expected, 9);
    expect(deaths).toBeGreaterThan(2);
  }, 600_000);
});

/** As a client does that had no answer: the same batch again. It was stored as a whole or not at all. */
async function resend(server: RunningServer, batch: readonly Message[]): Promise<void> {
  if (batch.length === 0) return;
  const response = await post(server, '/v1/batch', { batch });
  const answer = (await response.json()) as { accepted: number; duplicate: number };
  expect(answer.accepted + answer.duplicate).toBe(batch.length);
  expect([0, batch.length]).toContain(answer.duplicate);
}
