import type { Sql } from '../database/sql';
import type { RawRow, Table } from './table';

/** A document under a key whose version grows with every change of its content. Instants are epoch ms. */
export interface DocumentRow {
  id: string;
  key: string;
  version: number;
  /** As stored; validate before use. */
  document: unknown;
  createdAt: number;
  updatedAt: number;
}

/** The content to keep under a key; `id` is used only if the key is new. */
export interface DocumentPut {
  id: string;
  key: string;
  document: unknown;
  now: number;
}

/** Inserts under a new key, else replaces the content and, if it differs, adds one to the version. */
export const putDocument = async <Row extends DocumentRow>(
  sql: Sql,
  table: Table<Row>,
  workspaceId: string,
  put: DocumentPut,
): Promise<Row> => {
  const rows = await sql.query<RawRow>(
    `INSERT INTO "${table.name}" ("workspaceId", "id", "key", "version", "document", "createdAt", "updatedAt") ` +
      'VALUES (?, ?, ?, 1, ?, ?, ?) ON CONFLICT ("workspaceId", "key") DO UPDATE SET ' +
      `"version" = "${table.name}"."version" + ` +
      `CASE WHEN "${table.name}"."document" = excluded."document" THEN 0 ELSE 1 END, ` +
      `"document" = excluded."document", "updatedAt" = excluded."updatedAt" RETURNING ${table.list()}`,
    [workspaceId, put.id, put.key, JSON.stringify(put.document), put.now, put.now],
  );
  return table.decode(rows[0] ?? {});
};
