import type { Sql } from '../database/sql';
import { selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';

/** A rule fired for a lead. (rule, version, lead, sequence) is unique: that is what makes a rule fire once. */
export interface FiringRow {
  id: string;
  ruleKey: string;
  ruleVersion: number;
  leadId: string;
  /** 1 for the lead's first firing of this rule. */
  sequence: number;
  /** The instant of the crossing, epoch ms. */
  at: number;
  createdAt: number;
  cause: Record<string, unknown>;
}

const columns = {
  id: 'text',
  ruleKey: 'text',
  ruleVersion: 'integer',
  leadId: 'text',
  sequence: 'integer',
  at: 'integer',
  createdAt: 'integer',
  cause: 'json',
} as const;
const firings = defineTable<FiringRow>('ls_firings', columns);

/** Firings of rules. They stay with the lead they happened to, also after a merge. */
export class FiringStore {
  /** Answers the ids of those that had not fired before; act on these only. */
  async insertMany(sql: Sql, workspaceId: string, rows: readonly FiringRow[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const inserted = await sql.query<{ id: string }>(
      `INSERT INTO "ls_firings" ("workspaceId", ${firings.list()}) ` +
        `SELECT ?, ${firings.list()} FROM ${sql.dialect.rowset(columns)} AS rows WHERE true ` +
        'ON CONFLICT DO NOTHING RETURNING "id"',
      [workspaceId, JSON.stringify(rows)],
    );
    return new Set(inserted.map((row) => row.id));
  }

  /** Newest first. */
  forLead(sql: Sql, workspaceId: string, leadId: string, limit: number): Promise<FiringRow[]> {
    return selectRows(sql, firings, {
      workspaceId,
      where: '"leadId" = ?',
      parameters: [leadId, limit],
      tail: 'ORDER BY "at" DESC, "id" DESC LIMIT ?',
    });
  }
}
