import type { Abstract } from '@nestjs/common';
import {
  DueService,
  IngestService,
  MailService,
  OutboxService,
  SequenceService,
  type ManualClock,
} from '@rekindle/nest';
import { AlertStore, Database } from '@rekindle/store';
import { demoHistory, demoSize, type DemoSize, type SegmentMessage } from './history.demo';

const STEP_MS = 6 * 3_600_000;
const CHUNK = 500;
const UNREAD_MS = 4 * 86_400_000;

/** Where the seed finds the server's own services (an application context). */
export interface ServiceSource {
  get<T>(token: Abstract<T>): T;
}

export interface DemoSeedOptions {
  workspaceId: string;
  /** The clock the services run on; ends at `now`. */
  clock: ManualClock;
  /** Epoch ms: the history ends here. */
  now: number;
  onProgress(line: string): void;
  size?: DemoSize;
}

interface Loops {
  ingest: IngestService;
  drain(now: number): Promise<void>;
}

function loopsOf(services: ServiceSource): Loops {
  const due = services.get(DueService);
  const outbox = services.get(OutboxService);
  const sequences = services.get(SequenceService);
  const mail = services.get(MailService);
  return {
    ingest: services.get(IngestService),
    drain: async (now) => {
      await due.runUntil(now);
      await outbox.drain(now);
      await sequences.drain(now);
      await mail.drain(now);
    },
  };
}

async function ingestStep(loops: Loops, options: DemoSeedOptions, messages: SegmentMessage[]): Promise<void> {
  for (let start = 0; start < messages.length; start += CHUNK) {
    await loops.ingest.ingest(options.workspaceId, messages.slice(start, start + CHUNK), {
      receivedAt: options.clock.now(),
      source: 'demo',
      trust: 'server',
    });
  }
}

/** Sales has worked off what is older than a few days; an inbox of hundreds would look like nobody cares. */
async function workOffAlerts(services: ServiceSource, { workspaceId, now }: DemoSeedOptions): Promise<void> {
  const database = services.get(Database);
  const alerts = new AlertStore();
  let cursor: string | null = null;
  do {
    const page = await alerts.list(database.read, workspaceId, { state: 'unread', limit: 200, cursor });
    cursor = page.nextCursor;
    const old = page.items.filter(({ at }) => at < now - UNREAD_MS);
    await database.write(async (sql) => {
      for (const { id } of old) await alerts.setState(sql, workspaceId, { id, state: 'done', now });
    });
  } while (cursor !== null);
}

/**
 * Lives through the demo's 120 days with the clock set to each moment, through the same services that serve users:
 * scores decay, alerts are raised, sequences start and mails are caught as they would have been.
 */
export async function seedDemo(services: ServiceSource, options: DemoSeedOptions): Promise<void> {
  const size = options.size ?? demoSize;
  const loops = loopsOf(services);
  const { messages } = demoHistory(options.now, size);
  const start = options.now - (size.days + 1) * 86_400_000;
  let position = 0;
  let lastTenth = -1;
  for (let instant = start + STEP_MS; instant < options.now + STEP_MS; instant += STEP_MS) {
    const until = Math.min(instant, options.now);
    options.clock.set(until);
    const from = position;
    while ((messages[position]?.at ?? Infinity) <= until) position += 1;
    await ingestStep(
      loops,
      options,
      messages.slice(from, position).map(({ message }) => message),
    );
    await loops.drain(until);
    const tenth = Math.floor((10 * (until - start)) / (options.now - start));
    if (tenth > lastTenth) {
      lastTenth = tenth;
      options.onProgress(`demo: day ${Math.round((until - start) / 86_400_000)} of ${size.days}, ${position} events`);
    }
  }
  await workOffAlerts(services, options);
}
