import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';

/** Something about a lead that changed at an instant (epoch ms): a band, a tier. */
export interface ChangeRow {
  id: string;
  leadId: string;
  kind: string;
  at: number;
  detail: Record<string, unknown>;
}

const changes = defineTable<ChangeRow>('ls_changes', {
  id: 'text',
  leadId: 'text',
  kind: 'text',
  at: 'integer',
  detail: 'json',
});

/** The history of crossings, for timelines. */
export class ChangeStore {
  async insertMany(sql: Sql, workspaceId: string, rows: readonly ChangeRow[]): Promise<void> {
    await insertRows(sql, changes, { workspaceId, rows });
  }

  /** Newest first; with `until`, only changes up to and including that instant. */
  forLead(
    sql: Sql,
    workspaceId: string,
    leadId: string,
    options: { limit: number; until?: number },
  ): Promise<ChangeRow[]> {
    const until = options.until === undefined ? [] : [options.until];
    return selectRows(sql, changes, {
      workspaceId,
      where: `"leadId" = ?${until.length === 0 ? '' : ' AND "at" <= ?'}`,
      parameters: [leadId, ...until, options.limit],
      tail: 'ORDER BY "at" DESC, "id" DESC LIMIT ?',
    });
  }

  /** Forgets those of leads that are gone; answers how many. */
  async deleteForLeads(sql: Sql, workspaceId: string, leadIds: readonly string[]): Promise<number> {
    const rows = await sql.query(
      `DELETE FROM "ls_changes" WHERE "workspaceId" = ? AND "leadId" IN ${sql.dialect.textset()} RETURNING 1`,
      [workspaceId, JSON.stringify(leadIds)],
    );
    return rows.length;
  }

  /** Gives every change of `from` to `into`; answers how many. */
  async moveToLead(sql: Sql, workspaceId: string, from: string, into: string): Promise<number> {
    const rows = await sql.query(
      'UPDATE "ls_changes" SET "leadId" = ? WHERE "workspaceId" = ? AND "leadId" = ? RETURNING 1',
      [into, workspaceId, from],
    );
    return rows.length;
  }
}
