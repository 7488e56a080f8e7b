import type { Sql, SqlParameter } from '../database/sql';
import { keysetOf, pageOfRows } from '../tables/keyset.cursor';
import type { Page, PageRequest } from '../tables/keyset.cursor';
import { defineTable } from '../tables/table';
import type { RawRow, Table } from '../tables/table';
import { messageHeads, messages } from './message.row';
import type { MailedMessage, MessageDetail, MessageFilter, MessageListItem } from './message.row';

const mailed = defineTable<MailedMessage>('ls_messages', {
  id: 'text',
  leadId: 'text',
  toAddress: 'text',
  messageIdHeader: 'text',
  state: 'text',
  sentAt: 'integer',
});

const listed = <Row extends object>(table: Table<Row>): string =>
  `SELECT ${table.list('mails')}, leads."name" AS "leadName", runs."sequenceKey" AS "sequenceKey" ` +
  'FROM "ls_messages" AS mails ' +
  'LEFT JOIN "ls_leads" AS leads ON leads."workspaceId" = mails."workspaceId" AND leads."id" = mails."leadId" ' +
  'LEFT JOIN "ls_enrolments" AS runs ON runs."workspaceId" = mails."workspaceId" AND runs."id" = mails."enrolmentId" ' +
  'WHERE mails."workspaceId" = ?';

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

const named = <Row extends object>(table: Table<Row>, raw: RawRow) => ({
  ...table.decode(raw),
  leadName: text(raw['leadName']),
  sequenceKey: text(raw['sequenceKey']),
});

const conditionsOf = (filter: MessageFilter): { where: string; parameters: SqlParameter[] } => {
  const given = (['leadId', 'state'] as const).flatMap((column) => {
    const value = filter[column];
    return value === undefined ? [] : [{ column, value }];
  });
  return {
    where: given.map(({ column }) => ` AND mails."${column}" = ?`).join(''),
    parameters: given.map(({ value }) => value),
  };
};

/** Messages as people look at them. */
export class MessageListStore {
  /** With its content; null if there is none. */
  async byId(sql: Sql, workspaceId: string, id: string): Promise<MessageDetail | null> {
    const rows = await sql.query<RawRow>(`${listed(messages)} AND mails."id" = ?`, [workspaceId, id]);
    return rows[0] === undefined ? null : named(messages, rows[0]);
  }

  /** Newest first, without content. @throws UserError `invalid_cursor` */
  async list(sql: Sql, workspaceId: string, page: MessageFilter & PageRequest): Promise<Page<MessageListItem>> {
    const after = keysetOf(page.cursor);
    const { where, parameters } = conditionsOf(page);
    const rows = await sql.query<RawRow>(
      `${listed(messageHeads)}${where}${after === null ? '' : ' AND (mails."createdAt", mails."id") < (?, ?)'} ` +
        'ORDER BY mails."createdAt" DESC, mails."id" DESC LIMIT ?',
      [workspaceId, ...parameters, ...(after === null ? [] : [after.at, after.id]), page.limit + 1],
    );
    return pageOfRows(
      rows.map((raw) => named(messageHeads, raw)),
      page.limit,
      (row) => ({ at: row.createdAt, id: row.id }),
    );
  }

  /** The mails with these Message-IDs (angle brackets included), by Message-ID. */
  async byMessageIdHeaders(
    sql: Sql,
    workspaceId: string,
    headers: readonly string[],
  ): Promise<Map<string, MailedMessage>> {
    if (headers.length === 0) return new Map();
    const rows = await sql.query<RawRow>(
      `SELECT ${mailed.list()} FROM "ls_messages" WHERE "workspaceId" = ? AND "messageIdHeader" IN ${sql.dialect.textset()}`,
      [workspaceId, JSON.stringify(headers)],
    );
    const mails = rows.map((raw) => mailed.decode(raw));
    return new Map(mails.map((mail) => [mail.messageIdHeader, mail]));
  }

  async count(sql: Sql, workspaceId: string, filter: MessageFilter): Promise<number> {
    const { where, parameters } = conditionsOf(filter);
    const rows = await sql.query<{ count: number }>(
      `SELECT COUNT(*) AS "count" FROM "ls_messages" AS mails WHERE mails."workspaceId" = ?${where}`,
      [workspaceId, ...parameters],
    );
    return Number(rows[0]?.count ?? 0);
  }
}
