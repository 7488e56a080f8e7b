import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRow } from '../tables/row.reader';
import { defineTable } from '../tables/table';

/** A link of a message, stored when the message was rendered; redirects go nowhere else. */
export interface LinkRow {
  id: string;
  messageId: string;
  url: string;
}

const links = defineTable<LinkRow>('ls_links', { id: 'text', messageId: 'text', url: 'text' });

/** Links of messages. */
export class LinkStore {
  async insertMany(sql: Sql, workspaceId: string, rows: readonly LinkRow[]): Promise<void> {
    await insertRows(sql, links, { workspaceId, rows });
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<LinkRow | null> {
    return selectRow(sql, links, { workspaceId, where: '"id" = ?', parameters: [id] });
  }
}
