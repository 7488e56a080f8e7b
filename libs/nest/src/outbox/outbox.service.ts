import { Injectable, Logger } from '@nestjs/common';
import { Database, OutboxStore, savepoint, type OutboxLease, type Sql } from '@rekindle/store';
import { ActionRunner } from './action.runner';

const LEASE_MS = 60_000;
const PER_TRANSACTION = 50;
const MOST_ATTEMPTS = 8;
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 3_600_000;

function backOffMs(attempts: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 4 ** (attempts - 1));
}

/** Works off what transactions decided. What an action writes and the mark that it is done are one commit. */
@Injectable()
export class OutboxService {
  private readonly log = new Logger('Outbox');
  private readonly store = new OutboxStore();

  constructor(
    private readonly database: Database,
    private readonly actions: ActionRunner,
  ) {}

  /** Does everything that is due at `now` (epoch ms). Answers how many rows were taken. */
  async drain(now: number): Promise<number> {
    let taken = 0;
    for (;;) {
      const next = await this.store.nextAttemptAt(this.database.read);
      if (next === null || next > now) return taken;
      const leases = await this.database.write((sql) => this.store.lease(sql, now, PER_TRANSACTION, LEASE_MS));
      if (leases.length === 0) return taken;
      await this.database.write(async (sql) => {
        for (const lease of leases) await this.doSafely(sql, lease, now);
      });
      taken += leases.length;
    }
  }

  private async doSafely(sql: Sql, row: OutboxLease, now: number): Promise<void> {
    try {
      await savepoint(sql, async () => {
        if (await this.store.done(sql, row, now)) await this.actions.run(sql, row, now);
      });
    } catch (error) {
      this.log.error({ err: error, outboxId: row.id, kind: row.kind, code: 'action_failed' });
      await this.putBack(sql, row, {
        error: error instanceof Error ? error.message.slice(0, 500) : 'unknown failure',
        now,
      });
    }
  }

  private async putBack(sql: Sql, row: OutboxLease, failure: { error: string; now: number }): Promise<void> {
    if (row.attempts >= MOST_ATTEMPTS) await this.store.fail(sql, row, failure);
    else await this.store.retry(sql, row, { ...failure, nextAttemptAt: failure.now + backOffMs(row.attempts) });
  }
}
