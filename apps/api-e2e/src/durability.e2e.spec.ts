import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer, temporaryFolder, type RunningServer } from '@rekindle/testing';
import { DAY, everything, post, scoreOf } from './world';

/** Sixty each time, a thousand in the long run. */
const KILLS = process.env.CHECK_FULL === '1' ? 1_000 : 60;
/** At the same time, each with a database of its own. */
const SERVERS = 2;
const SENDERS = 4;
const BATCH = 10;
const LEADS_EACH = 10;

interface Worth {
  points: number;
  /** More of them on one day count as this many. */
  perDay: number;
}

/** Shipped weights and daily limits, written out once more. */
const worths: Record<string, Worth> = {
  'Email Replied': { points: 10, perDay: Infinity },
  'Demo Requested': { points: 9, perDay: 10 },
  'Case Study Viewed': { points: 4, perDay: 10 },
  'Email Link Clicked': { points: 3, perDay: 20 },
};
const names = Object.keys(worths);

interface StoredEvent {
  messageId: string;
  userId: string;
  name: string;
  timestamp: string;
}

const dayOf = ({ userId, name, timestamp }: StoredEvent): string => `${userId} ${name} ${timestamp.slice(0, 10)}`;

/** The formula itself over every event there is: w · 2^(−age/30 d), shared out by day. No profile, no order, no state. */
function pointsByLead(events: readonly StoredEvent[], at: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) counts.set(dayOf(event), (counts.get(dayOf(event)) ?? 0) + 1);
  const points = new Map<string, number>();
  for (const event of events) {
    const { userId, name, timestamp } = event;
    const { points: most, perDay } = worths[name] ?? { points: 0, perDay: 0 };
    const share = Math.min(1, perDay / (counts.get(dayOf(event)) ?? 1));
    const worth = most * share * 2 ** (-(at - Date.parse(timestamp)) / (30 * DAY));
    points.set(userId, (points.get(userId) ?? 0) + worth);
  }
  return points;
}

/** After the first answers: somewhere on the way to the disk, or between two commits. */
const pauseBefore = (kill: number): number => (kill * 37) % 101;

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
    const { name, count } = this;
    const at = Date.now() - ((count * 7_919) % 90) * DAY - (count % 1_000) * 1_000;
    const event = names[count % names.length];
    const who = { userId: `${name}-${count % LEADS_EACH}`, messageId: `${name}-${count}` };
    return { type: 'track', event, timestamp: new Date(at).toISOString(), ...who };
  }
}

/** One database whose server is killed again and again while everybody sends. */
class Ordeal {
  private readonly env: Record<string, string>;
  private readonly senders: Sender[];

  constructor(readonly kills: number) {
    const folder = temporaryFolder();
    this.env = { DATABASE_URL: `sqlite:${join(folder, 'rekindle.db')}`, SECRET_KEY: 'k'.repeat(48) };
    this.senders = Array.from({ length: SENDERS }, (_, index) => new Sender(`sender-${index}`));
  }

  get acknowledged(): string[] {
    return this.senders.flatMap((sender) => sender.acknowledged);
  }

  start(): Promise<RunningServer> {
    return startServer({ env: this.env, timeoutMs: 60_000 });
  }

  async pass(): Promise<void> {
    for (let kill = 0; kill < this.kills; kill += 1) {
      const server = await this.start();
      const before = this.acknowledged.length;
      const running = Promise.all(this.senders.map((sender) => sender.run(server)));
      while (this.acknowledged.length === before) await pause(1);
      await pause(pauseBefore(kill));
      await server.kill();
      await running;
    }
  }
}

describe('durability', () => {
  const ordeals = Array.from({ length: SERVERS }, () => new Ordeal(KILLS / SERVERS));
  let servers: RunningServer[];

  beforeAll(
    async () => {
      await Promise.all(ordeals.map((ordeal) => ordeal.pass()));
      servers = await Promise.all(ordeals.map((ordeal) => ordeal.start()));
    },
    60_000 + KILLS * 10_000,
  );
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  it(`keeps every acknowledged event exactly once through ${KILLS} kills during ingest`, async () => {
    for (const [index, { kills, acknowledged }] of ordeals.entries()) {
      const stored = await everything<StoredEvent>(servers[index] as RunningServer, '/api/events');
      const counts = new Map<string, number>();
      for (const { messageId } of stored) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
      expect(acknowledged.length).toBeGreaterThanOrEqual(kills * BATCH);
      expect(acknowledged.filter((messageId) => counts.get(messageId) !== 1)).toEqual([]);
      expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
    }
  });

  it('has of every lead the score that the formula gives over the events that are stored', async () => {
    for (const server of servers) {
      const at = Date.now();
      const expected = pointsByLead(await everything<StoredEvent>(server, '/api/events'), at);
      const leads = await everything<{ id: string; userId: string }>(server, '/api/leads?sort=-engagement');
      expect(leads.map(({ userId }) => userId).sort()).toEqual([...expected.keys()].sort());
      for (const { id, userId } of leads) {
        const { engagement } = await scoreOf(server, id, at);
        const points = expected.get(userId) ?? 0;
        expect(Math.abs(engagement.points - points)).toBeLessThanOrEqual(1e-9 * points);
      }
    }
  });
});
