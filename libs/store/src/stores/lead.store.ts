import type { Sql } from '../database/sql';
import { insertRows, updateRows } from '../tables/row.writer';
import { selectByValues, selectRow } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import { searchTextOf } from '../tables/search.text';

/** When each trait was said: `all` for those that `own` does not name (epoch ms). */
export interface TraitTimesRow {
  all: number;
  own: Record<string, number>;
}

interface SaidAccount {
  accountId: string;
  at: number;
}

/** A person. `owner` is a sales rep's e-mail; `mergedInto` is set once the person turned out to be another lead. */
export interface LeadRow {
  id: string;
  userId: string | null;
  email: string | null;
  name: string | null;
  title: string | null;
  owner: string | null;
  accountId: string | null;
  traits: Record<string, unknown>;
  /** Null: nobody said any. */
  traitTimes: TraitTimesRow | null;
  /**
   * Which company a group call, and which the context of other calls, said it belongs to, and when (epoch ms); null:
   * nobody said, or it was before this was kept.
   */
  membership: { group?: SaidAccount; context?: SaidAccount } | null;
  mergedInto: string | null;
  createdAt: number;
  updatedAt: number;
}

type StoredLead = LeadRow & { searchText: string };

const columns = {
  id: 'text',
  userId: 'text',
  email: 'text',
  name: 'text',
  title: 'text',
  owner: 'text',
  accountId: 'text',
  traits: 'json',
  traitTimes: 'json',
  membership: 'json',
  mergedInto: 'text',
  createdAt: 'integer',
  updatedAt: 'integer',
} as const;

/** The mapping of `ls_leads` for stores that join it. */
export const leadTable = defineTable<LeadRow>('ls_leads', columns);
const storedLeads = defineTable<StoredLead>('ls_leads', { ...columns, searchText: 'text' });

const stored = (row: LeadRow): StoredLead => ({ ...row, searchText: searchTextOf([row.name, row.email, row.userId]) });

/** People. */
export class LeadStore {
  /** By id; merged leads included. */
  getMany(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<Map<string, LeadRow>> {
    return selectByValues(sql, leadTable, { workspaceId, column: 'id', values: ids });
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<LeadRow | null> {
    return selectRow(sql, leadTable, { workspaceId, where: '"id" = ?', parameters: [id] });
  }

  /** The lead that carries this user id and has not been merged away. */
  byUserId(sql: Sql, workspaceId: string, userId: string): Promise<LeadRow | null> {
    return selectRow(sql, leadTable, {
      workspaceId,
      where: '"userId" = ? AND "mergedInto" IS NULL',
      parameters: [userId],
      tail: 'ORDER BY "id"',
    });
  }

  /** Every lead of an account that has not been merged away (its traits count for their fit). */
  async idsOfAccount(sql: Sql, workspaceId: string, accountId: string): Promise<string[]> {
    const rows = await sql.query<{ id: string }>(
      'SELECT "id" FROM "ls_leads" WHERE "workspaceId" = ? AND "accountId" = ? AND "mergedInto" IS NULL ORDER BY "id"',
      [workspaceId, accountId],
    );
    return rows.map((row) => row.id);
  }

  /** How many there are that have not been merged away. */
  async count(sql: Sql, workspaceId: string): Promise<number> {
    const rows = await sql.query<{ count: number }>(
      'SELECT COUNT(*) AS "count" FROM "ls_leads" WHERE "workspaceId" = ? AND "mergedInto" IS NULL',
      [workspaceId],
    );
    return Number(rows[0]?.count ?? 0);
  }

  async insertMany(sql: Sql, workspaceId: string, rows: readonly LeadRow[]): Promise<void> {
    await insertRows(sql, storedLeads, { workspaceId, rows: rows.map(stored) });
  }

  /** Replaces everything but `id` and `createdAt`; answers how many rows there were. */
  updateMany(sql: Sql, workspaceId: string, rows: readonly LeadRow[]): Promise<number> {
    return updateRows(sql, storedLeads, { workspaceId, rows: rows.map(stored) });
  }

  /** Points `from`, and every lead merged into it before, at `into`. */
  async markMerged(sql: Sql, workspaceId: string, merge: { from: string; into: string; now: number }): Promise<void> {
    await sql.query(
      'UPDATE "ls_leads" SET "mergedInto" = ?, "updatedAt" = ? ' +
        'WHERE "workspaceId" = ? AND ("id" = ? OR "mergedInto" = ?) AND "id" <> ?',
      [merge.into, merge.now, workspaceId, merge.from, merge.from, merge.into],
    );
  }

  /** Forgets a lead and those that were merged into it; answers their ids. */
  async delete(sql: Sql, workspaceId: string, id: string): Promise<string[]> {
    const merged = await sql.query<{ id: string }>(
      'DELETE FROM "ls_leads" WHERE "workspaceId" = ? AND "mergedInto" = ? RETURNING "id"',
      [workspaceId, id],
    );
    const own = await sql.query<{ id: string }>(
      'DELETE FROM "ls_leads" WHERE "workspaceId" = ? AND "id" = ? RETURNING "id"',
      [workspaceId, id],
    );
    return [...own, ...merged].map((row) => row.id);
  }

  /** The distinct owners, in alphabetical order, for filters. */
  async owners(sql: Sql, workspaceId: string): Promise<string[]> {
    const rows = await sql.query<{ owner: string }>(
      'SELECT DISTINCT "owner" FROM "ls_leads" WHERE "workspaceId" = ? AND "owner" IS NOT NULL ORDER BY "owner"',
      [workspaceId],
    );
    return rows.map((row) => row.owner);
  }
}
