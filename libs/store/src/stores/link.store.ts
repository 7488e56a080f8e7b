import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRow } from '../tables/row.reader';
import { defineTable } from '../tables/table';

/** A link of a message, stored when the message was rendered; redirects go nowhere else. */
export interface LinkRow {
  id: string;
  messageId: string;
  url: string;
  /** People do not see it. */
  isTrap: boolean;
}

const links = defineTable<LinkRow>('ls_links', { id: 'text', messageId: 'text', url: 'text', isTrap: 'flag' });

/** Links of messages. */
export class LinkStore {
  async insertMany(sql: Sql, workspaceId: string, rows: readonly LinkRow[]): Promise<void> {
    await insertRows(sql, links, { workspaceId, rows });
  }

  /** How many links a message has that people see. */
  async countOf(sql: Sql, workspaceId: string, messageId: string): Promise<number> {
    const rows = await sql.query<{ count: number }>(
      `SELECT COUNT(*) AS "count" FROM "${links.name}" WHERE "workspaceId" = ? AND "messageId" = ? AND "isTrap" = 0`,
      [workspaceId, messageId],
    );
    return Number(rows[0]?.count ?? 0);
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<LinkRow | null> {
    return selectRow(sql, links, { workspaceId, where: '"id" = ?', parameters: [id] });
  }
}
