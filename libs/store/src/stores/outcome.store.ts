import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';

/** How it ended with a lead. `converted` is a success that is not a deal, such as a sign-up. */
export type OutcomeKind = 'won' | 'lost' | 'converted';

/** An outcome at an instant (epoch ms). `rowKey` tells the same row of a file again. */
export interface OutcomeRow {
  id: string;
  rowKey: string;
  leadId: string;
  outcome: OutcomeKind;
  at: number;
  /** In the sender's currency. */
  amount: number | null;
  importId: string | null;
  createdAt: number;
}

const outcomes = defineTable<OutcomeRow>('ls_outcomes', {
  id: 'text',
  rowKey: 'text',
  leadId: 'text',
  outcome: 'text',
  at: 'integer',
  amount: 'real',
  importId: 'text',
  createdAt: 'integer',
});

/** Ids are hexadecimal: none comes after it. */
const PAST_EVERY_ID = 'z';

/** Outcomes per lead: what scores are calibrated against. */
export class OutcomeStore {
  /** Ignores rows that are known; answers how many were new. */
  insertMany(sql: Sql, workspaceId: string, rows: readonly OutcomeRow[]): Promise<number> {
    return insertRows(sql, outcomes, { workspaceId, rows, onConflict: 'ignore' });
  }

  /** Those of these row keys that are stored. */
  async existing(sql: Sql, workspaceId: string, rowKeys: readonly string[]): Promise<ReadonlySet<string>> {
    if (rowKeys.length === 0) return new Set();
    const rows = await sql.query<{ rowKey: string }>(
      `SELECT "rowKey" FROM "ls_outcomes" WHERE "workspaceId" = ? AND "rowKey" IN ${sql.dialect.textset()}`,
      [workspaceId, JSON.stringify(rowKeys)],
    );
    return new Set(rows.map(({ rowKey }) => rowKey));
  }

  /** Oldest first. */
  forLead(sql: Sql, workspaceId: string, leadId: string): Promise<OutcomeRow[]> {
    return selectRows(sql, outcomes, {
      workspaceId,
      where: '"leadId" = ?',
      parameters: [leadId],
      tail: 'ORDER BY "at", "id"',
    });
  }

  /** The first outcome of each lead, newest leads first, of leads before an id (or all), at most `limit`. */
  firstOfLeads(
    sql: Sql,
    workspaceId: string,
    { before = PAST_EVERY_ID, limit }: { before?: string | undefined; limit: number },
  ): Promise<OutcomeRow[]> {
    return selectRows(sql, outcomes, {
      workspaceId,
      where:
        '"leadId" < ? AND NOT EXISTS (SELECT 1 FROM "ls_outcomes" "earlier" ' +
        'WHERE "earlier"."workspaceId" = "ls_outcomes"."workspaceId" AND "earlier"."leadId" = "ls_outcomes"."leadId" ' +
        'AND ("earlier"."at", "earlier"."id") < ("ls_outcomes"."at", "ls_outcomes"."id"))',
      parameters: [before, limit],
      tail: 'ORDER BY "leadId" DESC LIMIT ?',
    });
  }

  /** Of how many leads an outcome is known. */
  async countLeads(sql: Sql, workspaceId: string): Promise<number> {
    const rows = await sql.query<{ count: number }>(
      'SELECT COUNT(*) AS "count" FROM (SELECT DISTINCT "leadId" FROM "ls_outcomes" WHERE "workspaceId" = ?) AS "leads"',
      [workspaceId],
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** All of a workspace in steps of `limit`, by id, after an id. */
  after(sql: Sql, workspaceId: string, id: string, limit: number): Promise<OutcomeRow[]> {
    return selectRows(sql, outcomes, {
      workspaceId,
      where: '"id" > ?',
      parameters: [id, limit],
      tail: 'ORDER BY "id" LIMIT ?',
    });
  }

  /** Gives every outcome of `from` to `into`; answers how many. */
  async moveToLead(sql: Sql, workspaceId: string, from: string, into: string): Promise<number> {
    const rows = await sql.query(
      'UPDATE "ls_outcomes" SET "leadId" = ? WHERE "workspaceId" = ? AND "leadId" = ? RETURNING 1',
      [into, workspaceId, from],
    );
    return rows.length;
  }

  /** Withdraws up to `limit` of what an import brought; answers how many. */
  async deleteOfImport(sql: Sql, workspaceId: string, importId: string, limit: number): Promise<number> {
    const rows = await sql.query(
      'DELETE FROM "ls_outcomes" WHERE "workspaceId" = ? AND "id" IN (' +
        'SELECT "id" FROM "ls_outcomes" WHERE "workspaceId" = ? AND "importId" = ? LIMIT ?) RETURNING 1',
      [workspaceId, workspaceId, importId, limit],
    );
    return rows.length;
  }

  async deleteForLeads(sql: Sql, workspaceId: string, leadIds: readonly string[]): Promise<number> {
    const rows = await sql.query(
      `DELETE FROM "ls_outcomes" WHERE "workspaceId" = ? AND "leadId" IN ${sql.dialect.textset()} RETURNING 1`,
      [workspaceId, JSON.stringify(leadIds)],
    );
    return rows.length;
  }
}
