import type { Sql } from '../database/sql';
import { selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import { putDocument } from '../tables/versioned.document';
import type { DocumentPut, DocumentRow } from '../tables/versioned.document';

/** A trigger rule of a workspace; the document is a `TriggerRule`. */
export interface RuleRow extends DocumentRow {
  isEnabled: boolean;
}

const rules = defineTable<RuleRow>('ls_rules', {
  id: 'text',
  key: 'text',
  version: 'integer',
  isEnabled: 'flag',
  document: 'json',
  createdAt: 'integer',
  updatedAt: 'integer',
});

/** Trigger rules. */
export class RuleStore {
  /** By key. */
  list(sql: Sql, workspaceId: string): Promise<RuleRow[]> {
    return selectRows(sql, rules, { workspaceId, tail: 'ORDER BY "key"' });
  }

  byKey(sql: Sql, workspaceId: string, key: string): Promise<RuleRow | null> {
    return selectRow(sql, rules, { workspaceId, where: '"key" = ?', parameters: [key] });
  }

  /** Creates the rule, enabled, or replaces its document; the version grows if the document differs. */
  put(sql: Sql, workspaceId: string, put: DocumentPut): Promise<RuleRow> {
    return putDocument(sql, rules, workspaceId, put);
  }

  /** False if there is no such rule. */
  async setEnabled(
    sql: Sql,
    workspaceId: string,
    change: { key: string; isEnabled: boolean; now: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_rules" SET "isEnabled" = ?, "updatedAt" = ? WHERE "workspaceId" = ? AND "key" = ? RETURNING 1',
      [change.isEnabled ? 1 : 0, change.now, workspaceId, change.key],
    );
    return rows.length === 1;
  }
}
