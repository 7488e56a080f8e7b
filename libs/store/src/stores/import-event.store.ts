import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { defineTable } from '../tables/table';

/** An event that an import brought. */
export interface ImportEventRow {
  importId: string;
  eventId: string;
}

const brought = defineTable<ImportEventRow>('ls_import_events', { importId: 'text', eventId: 'text' });

/** Which import brought which event: written with the event, read to withdraw it. */
export class ImportEventStore {
  async insertMany(sql: Sql, workspaceId: string, rows: readonly ImportEventRow[]): Promise<void> {
    if (rows.length > 0) await insertRows(sql, brought, { workspaceId, rows });
  }

  /** Ids of some events that an import brought. */
  async some(sql: Sql, workspaceId: string, importId: string, limit: number): Promise<string[]> {
    const rows = await sql.query<{ eventId: string }>(
      'SELECT "eventId" FROM "ls_import_events" WHERE "workspaceId" = ? AND "importId" = ? LIMIT ?',
      [workspaceId, importId, limit],
    );
    return rows.map(({ eventId }) => eventId);
  }

  /** Those of these events that the import brought. */
  async among(
    sql: Sql,
    workspaceId: string,
    importId: string,
    eventIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (eventIds.length === 0) return new Set();
    const rows = await sql.query<{ eventId: string }>(
      'SELECT "eventId" FROM "ls_import_events" WHERE "workspaceId" = ? AND "importId" = ? ' +
        `AND "eventId" IN ${sql.dialect.textset()}`,
      [workspaceId, importId, JSON.stringify(eventIds)],
    );
    return new Set(rows.map(({ eventId }) => eventId));
  }

  /** Those of these messages that the import brought. */
  async messagesAmong(
    sql: Sql,
    workspaceId: string,
    importId: string,
    messageIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (messageIds.length === 0) return new Set();
    const rows = await sql.query<{ messageId: string }>(
      'SELECT events."messageId" AS "messageId" FROM "ls_events" AS events ' +
        `${sql.dialect.lookUpJoin} "ls_import_events" AS brought WHERE events."workspaceId" = ? ` +
        `AND events."messageId" IN ${sql.dialect.textset()} AND brought."workspaceId" = events."workspaceId" ` +
        'AND brought."importId" = ? AND brought."eventId" = events."id"',
      [workspaceId, JSON.stringify(messageIds), importId],
    );
    return new Set(rows.map(({ messageId }) => messageId));
  }

  /** Forgets that these events were brought; answers how many were. */
  async deleteMany(sql: Sql, workspaceId: string, importId: string, eventIds: readonly string[]): Promise<number> {
    if (eventIds.length === 0) return 0;
    const rows = await sql.query(
      'DELETE FROM "ls_import_events" WHERE "workspaceId" = ? AND "importId" = ? ' +
        `AND "eventId" IN ${sql.dialect.textset()} RETURNING 1`,
      [workspaceId, importId, JSON.stringify(eventIds)],
    );
    return rows.length;
  }
}
