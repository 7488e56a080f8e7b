import { join } from 'node:path';
import { startServer, temporaryFolder, type RunningServer } from '@rekindle/testing';
import { everything, post } from './world';

const KILLS = 30;
const SENDERS = 4;
const BATCH = 10;

/** Keeps sending batches until the server dies; a batch without an answer is sent again to the next server. */
class Sender {
  readonly acknowledged: string[] = [];
  private pending: { messageId: string }[] | null = null;
  private count = 0;

  constructor(private readonly name: string) {}

  async run(server: RunningServer): Promise<void> {
    for (;;) {
      this.pending ??= Array.from({ length: BATCH }, () => this.message());
      try {
        const response = await post(server, '/v1/batch', { batch: this.pending });
        if (response.status !== 200) return;
        await response.json();
      } catch {
        return; // the server was killed: the same batch goes to the next one
      }
      this.acknowledged.push(...this.pending.map(({ messageId }) => messageId));
      this.pending = null;
    }
  }

  private message() {
    this.count += 1;
    const messageId = `${this.name}-${this.count}`;
    return { type: 'track', event: 'Email Opened', userId: `${this.name}-${this.count % 50}`, messageId };
  }
}

describe('durability', () => {
  it(`keeps every acknowledged event exactly once through ${KILLS} kills during ingest`, async () => {
    const folder = temporaryFolder();
    const env = { DATABASE_URL: `sqlite:${join(folder, 'rekindle.db')}`, SECRET_KEY: 'k'.repeat(48) };
    const senders = Array.from({ length: SENDERS }, (_, index) => new Sender(`sender-${index}`));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const server = await startServer({ env });
      const running = Promise.all(senders.map((sender) => sender.run(server)));
      await new Promise((resolve) => setTimeout(resolve, 100 + 13 * kill));
      await server.kill();
      await running;
    }

    const server = await startServer({ env });
    const stored = await everything<{ messageId: string }>(server, '/api/events');
    const counts = new Map<string, number>();
    for (const { messageId } of stored) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
    const acknowledged = senders.flatMap((sender) => sender.acknowledged);
    const leads = await everything<{ engagement: { points: number } }>(server, '/api/leads?sort=-engagement');
    await server.stop();

    expect(acknowledged.length).toBeGreaterThan(KILLS * BATCH);
    expect(acknowledged.filter((messageId) => counts.get(messageId) !== 1)).toEqual([]);
    expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
    expect(leads.length).toBeGreaterThan(0);
  }, 300_000);
});
