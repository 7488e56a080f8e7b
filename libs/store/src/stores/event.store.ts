import type { Sql } from '../database/sql';
import { keysetOf, pageOfRows } from '../tables/keyset.cursor';
import type { Page, PageRequest } from '../tables/keyset.cursor';
import { insertRows } from '../tables/row.writer';
import { selectByValues, selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';

/**
 * `scored`: was given to scoring, whatever the model made of it; `unscored`: kept but belongs to no lead;
 * `rejected`: kept only to show what was refused, with a code.
 */
export type EventStatus = 'scored' | 'unscored' | 'rejected';

/** One received event. Instants are epoch ms. */
export interface EventRow {
  id: string;
  messageId: string | null;
  /** Tells a repetition of a message from another one that uses its id. */
  contentHash: string;
  leadId: string | null;
  accountId: string | null;
  type: string | null;
  name: string | null;
  /** The instant as of which it counts. */
  at: number;
  /** As sent, corrected for the sender's clock. */
  timestamp: number | null;
  receivedAt: number;
  status: EventStatus;
  code: string | null;
  signal: string | null;
  userId: string | null;
  anonymousId: string | null;
  /** The canonical item; `properties`, `traits` and `context` are objects where present. */
  payload: Record<string, unknown>;
  /** The mail this is a judged open or click on. */
  mailKey: string | null;
}

/** What is known of a message id that is stored already. */
export type ExistingEvent = Pick<EventRow, 'contentHash' | 'status'>;

const events = defineTable<EventRow>('ls_events', {
  id: 'text',
  messageId: 'text',
  contentHash: 'text',
  leadId: 'text',
  accountId: 'text',
  type: 'text',
  name: 'text',
  at: 'integer',
  timestamp: 'integer',
  receivedAt: 'integer',
  status: 'text',
  code: 'text',
  signal: 'text',
  userId: 'text',
  anonymousId: 'text',
  payload: 'json',
  mailKey: 'text',
});

/** What of an event changes when it is judged anew. */
export type EventJudgement = Pick<EventRow, 'id' | 'status' | 'code' | 'signal' | 'payload'>;

/** A mail to a lead, and from and until when acts on it are asked for (epoch ms). */
export interface MailSpan {
  leadId: string;
  mailKey: string;
  from: number;
  until: number;
}

/** What was received. Rows never change but for the lead they belong to, and the verdict on opens and clicks. */
export class EventStore {
  /** The content hashes of those messages that are stored already, and whether as rejected, by message id. */
  async existing(sql: Sql, workspaceId: string, messageIds: readonly string[]): Promise<Map<string, ExistingEvent>> {
    if (messageIds.length === 0) return new Map();
    const rows = await sql.query<ExistingEvent & { messageId: string }>(
      'SELECT "messageId", "contentHash", "status" FROM "ls_events" ' +
        `WHERE "workspaceId" = ? AND "messageId" IN ${sql.dialect.textset()}`,
      [workspaceId, JSON.stringify(messageIds)],
    );
    return new Map(rows.map(({ messageId, contentHash, status }) => [messageId, { contentHash, status }]));
  }

  /** Makes room for messages that were rejected before and are acceptable now. */
  async deleteRejected(sql: Sql, workspaceId: string, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length === 0) return;
    await sql.query(
      `DELETE FROM "ls_events" WHERE "workspaceId" = ? AND "messageId" IN ${sql.dialect.textset()} AND "status" = 'rejected'`,
      [workspaceId, JSON.stringify(messageIds)],
    );
  }

  /** Fails as a whole if a message id is stored already: ask `existing` in the same transaction. */
  async insertMany(sql: Sql, workspaceId: string, rows: readonly EventRow[]): Promise<void> {
    await insertRows(sql, events, { workspaceId, rows });
  }

  /** All scored events of a lead after `after`, up to and including `until`, ascending by the instant they count as of. */
  forLead(
    sql: Sql,
    workspaceId: string,
    leadId: string,
    options: { after?: number; until?: number } = {},
  ): Promise<EventRow[]> {
    const bounds = [
      ...(options.after === undefined ? [] : [{ where: ' AND "at" > ?', value: options.after }]),
      ...(options.until === undefined ? [] : [{ where: ' AND "at" <= ?', value: options.until }]),
    ];
    return selectRows(sql, events, {
      workspaceId,
      where: `"leadId" = ? AND "status" = 'scored'${bounds.map(({ where }) => where).join('')}`,
      parameters: [leadId, ...bounds.map(({ value }) => value)],
      tail: 'ORDER BY "at", "id"',
    });
  }

  /** Events of a lead by these names (in small letters), from and until these instants, ascending; at most a thousand. */
  named(
    sql: Sql,
    workspaceId: string,
    leadId: string,
    { names, from, until }: { names: readonly string[]; from: number; until: number },
  ): Promise<EventRow[]> {
    return selectRows(sql, events, {
      workspaceId,
      where: `"leadId" = ? AND "at" >= ? AND "at" <= ? AND LOWER("name") IN ${sql.dialect.textset()}`,
      parameters: [leadId, from, until, JSON.stringify(names)],
      tail: 'ORDER BY "at", "id" LIMIT 1000',
    });
  }

  /** Judged opens and clicks on these mails, ascending; of each mail at most a hundred. */
  async actsOn(sql: Sql, workspaceId: string, spans: readonly MailSpan[]): Promise<EventRow[]> {
    if (spans.length === 0) return [];
    const { dialect } = sql;
    const columns = { leadId: 'text', mailKey: 'text', from: 'integer', until: 'integer' } as const;
    const raw = await sql.query<RawRow>(
      `SELECT ${events.list('events')} FROM ${dialect.rowset(columns)} AS span ${dialect.lookUpJoin} "ls_events" AS events ` +
        'WHERE events."workspaceId" = ? AND events."id" IN (SELECT act."id" FROM "ls_events" AS act ' +
        'WHERE act."workspaceId" = ? AND act."leadId" = span."leadId" AND act."mailKey" = span."mailKey" ' +
        'AND act."at" >= span."from" AND act."at" <= span."until" ORDER BY act."at", act."id" LIMIT 100) ' +
        'ORDER BY events."at", events."id"',
      [JSON.stringify(spans), workspaceId, workspaceId],
    );
    return raw.map((row) => events.decode(row));
  }

  /** Writes new verdicts; answers how many events there were. */
  async judge(sql: Sql, workspaceId: string, rows: readonly EventJudgement[]): Promise<number> {
    return sql.runEach(
      'UPDATE "ls_events" SET "status" = ?, "code" = ?, "signal" = ?, "payload" = ? WHERE "workspaceId" = ? AND "id" = ?',
      rows.map(({ id, status, code, signal, payload }) => [
        ...[status, code, signal, JSON.stringify(payload)],
        ...[workspaceId, id],
      ]),
    );
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<EventRow | null> {
    return selectRow(sql, events, { workspaceId, where: '"id" = ?', parameters: [id] });
  }

  /** Newest first by the instant they count as of. @throws UserError `invalid_cursor` */
  async listForLead(sql: Sql, workspaceId: string, leadId: string, page: PageRequest): Promise<Page<EventRow>> {
    const after = keysetOf(page.cursor);
    const rows = await selectRows(sql, events, {
      workspaceId,
      where: `"leadId" = ?${after === null ? '' : ' AND ("at", "id") < (?, ?)'}`,
      parameters: [leadId, ...(after === null ? [] : [after.at, after.id]), page.limit + 1],
      tail: 'ORDER BY "at" DESC, "id" DESC LIMIT ?',
    });
    return pageOfRows(rows, page.limit, (row) => row);
  }

  /** Newest first by receipt; rejected ones included unless a status is asked for. @throws UserError `invalid_cursor` */
  async list(sql: Sql, workspaceId: string, page: PageRequest & { status?: EventStatus }): Promise<Page<EventRow>> {
    const after = keysetOf(page.cursor);
    const status = page.status === undefined ? [] : [page.status];
    const rows = await selectRows(sql, events, {
      workspaceId,
      where: `${after === null ? 'true' : '("receivedAt", "id") < (?, ?)'}${status.length === 0 ? '' : ' AND "status" = ?'}`,
      parameters: [...(after === null ? [] : [after.at, after.id]), ...status, page.limit + 1],
      tail: 'ORDER BY "receivedAt" DESC, "id" DESC LIMIT ?',
    });
    return pageOfRows(rows, page.limit, (row) => ({ at: row.receivedAt, id: row.id }));
  }

  async count(sql: Sql, workspaceId: string): Promise<number> {
    const rows = await sql.query<{ count: number }>(
      'SELECT COUNT(*) AS "count" FROM "ls_events" WHERE "workspaceId" = ?',
      [workspaceId],
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** By id. */
  getMany(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<Map<string, EventRow>> {
    return selectByValues(sql, events, { workspaceId, column: 'id', values: ids });
  }

  /** All events of a lead that were not refused, in the order they were received, those received at once by their time. */
  receivedForLead(sql: Sql, workspaceId: string, leadId: string): Promise<EventRow[]> {
    return selectRows(sql, events, {
      workspaceId,
      where: `"leadId" = ? AND "status" <> 'rejected'`,
      parameters: [leadId],
      tail: 'ORDER BY "receivedAt", "at", "id"',
    });
  }

  /** Calls that describe an account, in the order they were received. */
  describingAccount(sql: Sql, workspaceId: string, accountId: string): Promise<EventRow[]> {
    return selectRows(sql, events, {
      workspaceId,
      where: `"accountId" = ? AND "type" IN ('group', 'identify')`,
      parameters: [accountId],
      tail: 'ORDER BY "receivedAt", "at", "id"',
    });
  }

  /** Withdraws events; answers how many there were. Rebuild the leads they belonged to in the same transaction. */
  async deleteMany(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const rows = await sql.query(
      `DELETE FROM "ls_events" WHERE "workspaceId" = ? AND "id" IN ${sql.dialect.textset()} RETURNING 1`,
      [workspaceId, JSON.stringify(ids)],
    );
    return rows.length;
  }

  /** Gives every event of `from` to `into`; answers how many. */
  async moveToLead(sql: Sql, workspaceId: string, from: string, into: string): Promise<number> {
    const rows = await sql.query(
      'UPDATE "ls_events" SET "leadId" = ? WHERE "workspaceId" = ? AND "leadId" = ? RETURNING 1',
      [into, workspaceId, from],
    );
    return rows.length;
  }
}
