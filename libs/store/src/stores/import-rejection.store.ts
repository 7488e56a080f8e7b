import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';

/** A row of a file that was refused, as it stood there. */
export interface ImportRejectionRow {
  importId: string;
  /** Line of the file on which the row begins, from 1. */
  line: number;
  code: string;
  /** In words for people. */
  reason: string;
  record: Record<string, unknown>;
}

const rejections = defineTable<ImportRejectionRow>('ls_import_rejections', {
  importId: 'text',
  line: 'integer',
  code: 'text',
  reason: 'text',
  record: 'json',
});

/** Refused rows, for the file people download, mend and import again. */
export class ImportRejectionStore {
  /** Ignores lines that are known. */
  async insertMany(sql: Sql, workspaceId: string, rows: readonly ImportRejectionRow[]): Promise<void> {
    if (rows.length > 0) await insertRows(sql, rejections, { workspaceId, rows, onConflict: 'ignore' });
  }

  /** In the order of the file, after a line. */
  after(
    sql: Sql,
    workspaceId: string,
    importId: string,
    page: { line: number; limit: number },
  ): Promise<ImportRejectionRow[]> {
    return selectRows(sql, rejections, {
      workspaceId,
      where: '"importId" = ? AND "line" > ?',
      parameters: [importId, page.line, page.limit],
      tail: 'ORDER BY "line" LIMIT ?',
    });
  }

  /** Answers how many there were. */
  async deleteAll(sql: Sql, workspaceId: string, importId: string): Promise<number> {
    const rows = await sql.query(
      'DELETE FROM "ls_import_rejections" WHERE "workspaceId" = ? AND "importId" = ? RETURNING 1',
      [workspaceId, importId],
    );
    return rows.length;
  }
}
