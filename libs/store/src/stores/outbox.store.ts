import type { Sql } from '../database/sql';
import type { RawRow } from '../tables/table';

/** Something to be done outside the transaction that decided it. The dedupe key is unique per workspace, for good. */
export interface OutboxInsert {
  id: string;
  kind: string;
  dedupeKey: string;
  payload: Record<string, unknown>;
  createdAt: number;
  /** Not before this instant (epoch ms); default: at once. */
  notBefore?: number | undefined;
}

/** A claimed piece of work. Only the holder of `fence` may close it. */
export interface OutboxLease {
  workspaceId: string;
  id: string;
  kind: string;
  payload: Record<string, unknown>;
  fence: number;
  /** How often it was claimed, this time included. */
  attempts: number;
}

/** `done` and `failed` are final. */
export type OutboxState = 'ready' | 'leased' | 'done' | 'failed';

const columns = {
  id: 'text',
  kind: 'text',
  dedupeKey: 'text',
  payload: 'json',
  createdAt: 'integer',
  dueAt: 'integer',
} as const;

const lease = (raw: RawRow): OutboxLease => ({
  workspaceId: String(raw['workspaceId']),
  id: String(raw['id']),
  kind: String(raw['kind']),
  payload: JSON.parse(String(raw['payload'])),
  fence: Number(raw['fence']),
  attempts: Number(raw['attempts']),
});

/** Work that outlives the transaction which decided it; done at least once, closed by its lease holder only. */
export class OutboxStore {
  /** Ignores dedupe keys that were used before; answers how many rows were new. */
  async insertMany(sql: Sql, workspaceId: string, rows: readonly OutboxInsert[]): Promise<number> {
    if (rows.length === 0) return 0;
    const inserted = await sql.query(
      'INSERT INTO "ls_outbox" ("workspaceId", "id", "kind", "dedupeKey", "payload", "state", "fence", "attempts", ' +
        '"nextAttemptAt", "createdAt", "updatedAt") ' +
        `SELECT ?, "id", "kind", "dedupeKey", "payload", 'ready', 0, 0, "dueAt", "createdAt", "createdAt" ` +
        `FROM ${sql.dialect.rowset(columns)} AS rows WHERE true ON CONFLICT DO NOTHING RETURNING 1`,
      [workspaceId, JSON.stringify(rows.map((row) => ({ ...row, dueAt: row.notBefore ?? row.createdAt })))],
    );
    return inserted.length;
  }

  /** Across workspaces: claims what is due, also what an earlier holder let lapse, longest due first. */
  async lease(sql: Sql, now: number, limit: number, leaseMs: number): Promise<OutboxLease[]> {
    const rows = await sql.query<RawRow>(
      `UPDATE "ls_outbox" SET "state" = 'leased', "fence" = "fence" + 1, "attempts" = "attempts" + 1, ` +
        '"leaseUntil" = ?, "nextAttemptAt" = ?, "updatedAt" = ? WHERE ("workspaceId", "id") IN (' +
        `SELECT "workspaceId", "id" FROM "ls_outbox" WHERE "state" IN ('ready', 'leased') AND "nextAttemptAt" <= ? ` +
        `ORDER BY "nextAttemptAt", "id" LIMIT ? ${sql.dialect.skipLocked}) ` +
        'RETURNING "workspaceId", "id", "kind", "payload", "fence", "attempts"',
      [now + leaseMs, now + leaseMs, now, now, limit],
    );
    return rows.map(lease).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** False if the lease was lost. */
  done(sql: Sql, row: OutboxLease, now: number): Promise<boolean> {
    return this.close(sql, row, { state: 'done', error: null, nextAttemptAt: now, now });
  }

  /** Gives it back for another attempt; false if the lease was lost. */
  retry(sql: Sql, row: OutboxLease, attempt: { error: string; nextAttemptAt: number; now: number }): Promise<boolean> {
    return this.close(sql, row, { state: 'ready', ...attempt });
  }

  /** Gives up for good; false if the lease was lost. */
  fail(sql: Sql, row: OutboxLease, failure: { error: string; now: number }): Promise<boolean> {
    return this.close(sql, row, { state: 'failed', nextAttemptAt: failure.now, ...failure });
  }

  /** The instant (epoch ms) of the next piece of work, or null; lets a loop sleep. */
  async nextAttemptAt(sql: Sql): Promise<number | null> {
    const rows = await sql.query<{ next: number | null }>(
      `SELECT MIN("nextAttemptAt") AS "next" FROM "ls_outbox" WHERE "state" IN ('ready', 'leased')`,
    );
    const next = rows[0]?.next ?? null;
    return next === null ? null : Number(next);
  }

  /** How many rows of a workspace are in each state. */
  async counts(sql: Sql, workspaceId: string): Promise<Partial<Record<OutboxState, number>>> {
    const rows = await sql.query<{ state: string; count: number }>(
      'SELECT "state", COUNT(*) AS "count" FROM "ls_outbox" WHERE "workspaceId" = ? GROUP BY "state"',
      [workspaceId],
    );
    return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
  }

  private async close(
    sql: Sql,
    row: OutboxLease,
    end: { state: OutboxState; error: string | null; nextAttemptAt: number; now: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_outbox" SET "state" = ?, "lastError" = ?, "nextAttemptAt" = ?, "leaseUntil" = NULL, "updatedAt" = ? ' +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" = 'leased' AND "fence" = ? RETURNING 1`,
      [end.state, end.error, end.nextAttemptAt, end.now, row.workspaceId, row.id, row.fence],
    );
    return rows.length === 1;
  }
}
