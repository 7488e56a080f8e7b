import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';
import type { OfWorkspace } from './credential.store';

/** A signed-in browser. Only a hash of the token is kept; instants are epoch ms. */
export interface SessionRow {
  id: string;
  tokenHash: string;
  userId: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
}

const sessions = defineTable<SessionRow>('ls_sessions', {
  id: 'text',
  tokenHash: 'text',
  userId: 'text',
  createdAt: 'integer',
  lastSeenAt: 'integer',
  expiresAt: 'integer',
});

/** Sessions of the admin. */
export class SessionStore {
  async insert(sql: Sql, workspaceId: string, row: SessionRow): Promise<void> {
    await insertRows(sql, sessions, { workspaceId, rows: [row] });
  }

  /** The session of this token in whichever workspace it opens; null if unknown or expired at `now`. */
  async byTokenHash(sql: Sql, tokenHash: string, now: number): Promise<OfWorkspace<SessionRow> | null> {
    const rows = await sql.query<RawRow>(
      `SELECT "workspaceId", ${sessions.list()} FROM "ls_sessions" WHERE "tokenHash" = ? AND "expiresAt" > ?`,
      [tokenHash, now],
    );
    return rows[0] === undefined ? null : { ...sessions.decode(rows[0]), workspaceId: String(rows[0]['workspaceId']) };
  }

  /** False if the session is gone. */
  async touch(
    sql: Sql,
    workspaceId: string,
    seen: { id: string; lastSeenAt: number; expiresAt: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_sessions" SET "lastSeenAt" = ?, "expiresAt" = ? WHERE "workspaceId" = ? AND "id" = ? RETURNING 1',
      [seen.lastSeenAt, seen.expiresAt, workspaceId, seen.id],
    );
    return rows.length === 1;
  }

  async delete(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
    const rows = await sql.query('DELETE FROM "ls_sessions" WHERE "workspaceId" = ? AND "id" = ? RETURNING 1', [
      workspaceId,
      id,
    ]);
    return rows.length === 1;
  }

  /** Across workspaces; answers how many there were. */
  async deleteExpired(sql: Sql, now: number): Promise<number> {
    return (await sql.query('DELETE FROM "ls_sessions" WHERE "expiresAt" <= ? RETURNING 1', [now])).length;
  }
}
