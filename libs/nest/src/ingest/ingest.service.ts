import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { OperationalError, UserError, type IngestResponse } from '@rekindle/contracts';
import { groupBy } from '@rekindle/scoring';
import { Database, savepoint, type Sql } from '@rekindle/store';
import { Clock } from '../clock/clock';
import type { IngestOptions, Trust } from './canonical.message';
import { canonicalise, rejected } from './canonicalise';
import { GroupCommit, overloaded } from './group.commit';
import type { GroupItem } from './ingest.group';
import { Pipeline } from './pipeline';

/** Most items of one call. */
export const MOST_ITEMS = 2_500;
const TELL_EVERY_MS = 10_000;
const BROWSER_SHARE = 0.5;

interface Batch {
  workspaceId: string;
  items: GroupItem[];
}

interface Target {
  workspaceId: string;
  /** Epoch ms. */
  now: number;
}

function answer(items: readonly GroupItem[]): IngestResponse {
  const counts = { accepted: 0, duplicate: 0, conflict: 0, rejected: 0 };
  const results = items.map(({ canonical, outcome }, index) => {
    const { status, code } = outcome ?? { status: 'rejected' as const, code: 'not_storable' };
    counts[status] += 1;
    return { index, messageId: canonical.message.messageId, status, ...(code === null ? {} : { code }) };
  });
  return { success: true, ...counts, results };
}

/** The one way in for events: of the tracking API, of links in our mail, of importers and of the demo. */
@Injectable()
export class IngestService implements BeforeApplicationShutdown {
  private readonly log = new Logger('Ingest');
  private readonly commits = new GroupCommit<Batch>((take) => this.commit(take));
  private refusedCalls = 0;
  private toldAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly pipeline: Pipeline,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether there is room for a sender who repeats what is refused: who is let in is answered in good time. Anybody can
   * send with a browser's key, so that those are turned away at half of what servers and providers are: a flood of them
   * never keeps the others out.
   */
  isTimely(trust: Trust): boolean {
    return this.commits.isTimely(trust === 'browser' ? BROWSER_SHARE : 1);
  }

  /** To be asked before anything is spent on a call. @throws OperationalError `overloaded` */
  assertTimely(trust: Trust = 'server'): void {
    if (this.isTimely(trust)) return;
    this.refusedCalls += 1;
    const now = performance.now();
    if (now - this.toldAt >= TELL_EVERY_MS) {
      this.log.warn({ code: 'overloaded', refusedCalls: this.refusedCalls });
      this.refusedCalls = 0;
      this.toldAt = now;
    }
    throw overloaded;
  }

  /**
   * Stores and scores items; everything accepted is on disk, and the scores are right, when this resolves. Each item
   * has its own fate.
   * @throws UserError `too_many_items` (413, nothing stored); OperationalError `overloaded` and those of the database
   */
  async ingest(workspaceId: string, items: readonly unknown[], options: IngestOptions): Promise<IngestResponse> {
    if (items.length > MOST_ITEMS) {
      throw new UserError('too_many_items', `A batch holds at most ${MOST_ITEMS} items.`, { status: 413 });
    }
    const batch = {
      workspaceId,
      items: items.map((item, index) => ({
        canonical: canonicalise(item, options, options.notes?.[index]),
        outcome: null,
      })),
    };
    if (items.length > 0) await this.commits.add(batch, items.length);
    return answer(batch.items);
  }

  /** Before the database closes: what was taken in is stored. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.commits.drained();
  }

  /** All at once, which hardly ever fails; only then with a way back round every part, which costs every write. */
  private async commit(take: () => readonly Batch[]): Promise<void> {
    const write = (store: (sql: Sql, target: Target, items: readonly GroupItem[]) => Promise<void>): Promise<void> =>
      this.database.write(async (sql) => {
        const now = this.clock.now();
        for (const [workspaceId, batches] of groupBy(take(), (batch) => batch.workspaceId)) {
          const items = batches.flatMap((batch) => batch.items);
          await store(sql, { workspaceId, now }, items);
        }
      });
    try {
      await write((sql, target, items) => this.storeAll(sql, target, items));
    } catch (error) {
      if (error instanceof OperationalError) throw error;
      await write((sql, target, items) => this.storeParts(sql, target, items));
    }
  }

  private storeAll(sql: Sql, { workspaceId, now }: Target, items: readonly GroupItem[]): Promise<void> {
    return this.pipeline.store(sql, workspaceId, items, now);
  }

  /** What cannot be stored is found by halving, so that it takes nothing else with it. */
  private async storeParts(sql: Sql, target: Target, items: readonly GroupItem[]): Promise<void> {
    try {
      await savepoint(sql, () => this.storeAll(sql, target, items));
    } catch (error) {
      if (error instanceof OperationalError) throw error;
      await this.storeHalves(sql, target, items, error);
    }
  }

  private async storeHalves(sql: Sql, target: Target, items: readonly GroupItem[], error: unknown): Promise<void> {
    const [only, ...others] = items;
    if (only && others.length === 0) return this.refuse(sql, target, only, error);
    const middle = Math.ceil(items.length / 2);
    await this.storeParts(sql, target, items.slice(0, middle));
    await this.storeParts(sql, target, items.slice(middle));
  }

  private async refuse(sql: Sql, target: Target, item: GroupItem, error: unknown): Promise<void> {
    this.log.error({ err: error, messageId: item.canonical.message.messageId, code: 'not_storable' });
    const refused: GroupItem = { canonical: rejected(item.canonical, 'not_storable'), outcome: null };
    try {
      await savepoint(sql, () => this.storeAll(sql, target, [refused]));
    } catch (cause) {
      if (cause instanceof OperationalError) throw cause;
      this.log.error({ err: cause, code: 'rejection_not_storable' });
    }
    item.outcome = { status: 'rejected', code: 'not_storable' };
  }
}
