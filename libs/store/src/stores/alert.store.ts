import type { SpikeCause } from '@rekindle/scoring';
import type { Sql, SqlParameter } from '../database/sql';
import { keysetOf, pageOfRows } from '../tables/keyset.cursor';
import type { Page, PageRequest } from '../tables/keyset.cursor';
import { insertRows } from '../tables/row.writer';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';

/** Whether somebody dealt with an alert. */
export type AlertState = 'unread' | 'done';

/** A message to sales about a lead. One firing makes at most one alert. Instants are epoch ms. */
export interface AlertRow {
  id: string;
  leadId: string;
  firingId: string;
  ruleKey: string;
  owner: string | null;
  title: string;
  sentence: string;
  causes: SpikeCause[];
  nextStep: string;
  score: number;
  state: AlertState;
  /** The instant of the crossing. */
  at: number;
  createdAt: number;
  doneAt: number | null;
}

/** An alert with the names a list shows. */
export interface AlertListItem extends AlertRow {
  leadName: string | null;
  leadEmail: string | null;
  accountName: string | null;
}

/** Which alerts; filters combine with "and". */
export interface AlertFilter {
  state?: AlertState | undefined;
  leadId?: string | undefined;
  ruleKey?: string | undefined;
}

const alerts = defineTable<AlertRow>('ls_alerts', {
  id: 'text',
  leadId: 'text',
  firingId: 'text',
  ruleKey: 'text',
  owner: 'text',
  title: 'text',
  sentence: 'text',
  causes: 'json',
  nextStep: 'text',
  score: 'real',
  state: 'text',
  at: 'integer',
  createdAt: 'integer',
  doneAt: 'integer',
});

const listed =
  `SELECT ${alerts.list('alerts')}, leads."name" AS "leadName", leads."email" AS "leadEmail", ` +
  'accounts."name" AS "accountName" FROM "ls_alerts" AS alerts ' +
  'LEFT JOIN "ls_leads" AS leads ON leads."workspaceId" = alerts."workspaceId" AND leads."id" = alerts."leadId" ' +
  'LEFT JOIN "ls_accounts" AS accounts ON accounts."workspaceId" = leads."workspaceId" AND accounts."id" = leads."accountId" ' +
  'WHERE alerts."workspaceId" = ?';

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

const item = (raw: RawRow): AlertListItem => ({
  ...alerts.decode(raw),
  leadName: text(raw['leadName']),
  leadEmail: text(raw['leadEmail']),
  accountName: text(raw['accountName']),
});

const conditionsOf = (filter: AlertFilter): { where: string; parameters: SqlParameter[] } => {
  const given = (['state', 'leadId', 'ruleKey'] as const).flatMap((column) => {
    const value = filter[column];
    return value === undefined ? [] : [{ column, value }];
  });
  return {
    where: given.map(({ column }) => ` AND alerts."${column}" = ?`).join(''),
    parameters: given.map(({ value }) => value),
  };
};

/** Alerts to sales. */
export class AlertStore {
  /** Ignores a firing that has its alert already; answers how many were new. */
  insertMany(sql: Sql, workspaceId: string, rows: readonly AlertRow[]): Promise<number> {
    return insertRows(sql, alerts, { workspaceId, rows, onConflict: 'ignore' });
  }

  async byId(sql: Sql, workspaceId: string, id: string): Promise<AlertListItem | null> {
    const rows = await sql.query<RawRow>(`${listed} AND alerts."id" = ?`, [workspaceId, id]);
    return rows[0] === undefined ? null : item(rows[0]);
  }

  /** Newest crossing first. @throws UserError `invalid_cursor` */
  async list(sql: Sql, workspaceId: string, page: AlertFilter & PageRequest): Promise<Page<AlertListItem>> {
    const after = keysetOf(page.cursor);
    const { where, parameters } = conditionsOf(page);
    const rows = await sql.query<RawRow>(
      `${listed}${where}${after === null ? '' : ' AND (alerts."at", alerts."id") < (?, ?)'} ` +
        'ORDER BY alerts."at" DESC, alerts."id" DESC LIMIT ?',
      [workspaceId, ...parameters, ...(after === null ? [] : [after.at, after.id]), page.limit + 1],
    );
    return pageOfRows(rows.map(item), page.limit, (row) => row);
  }

  async count(sql: Sql, workspaceId: string, filter: AlertFilter): Promise<number> {
    const { where, parameters } = conditionsOf(filter);
    const rows = await sql.query<{ count: number }>(
      `SELECT COUNT(*) AS "count" FROM "ls_alerts" AS alerts WHERE alerts."workspaceId" = ?${where}`,
      [workspaceId, ...parameters],
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** False if there is no such alert. */
  async setState(
    sql: Sql,
    workspaceId: string,
    change: { id: string; state: AlertState; now: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_alerts" SET "state" = ?, "doneAt" = ? WHERE "workspaceId" = ? AND "id" = ? RETURNING 1',
      [change.state, change.state === 'done' ? change.now : null, workspaceId, change.id],
    );
    return rows.length === 1;
  }

  /** Forgets those of leads that are gone; answers how many. */
  async deleteForLeads(sql: Sql, workspaceId: string, leadIds: readonly string[]): Promise<number> {
    const rows = await sql.query(
      `DELETE FROM "ls_alerts" WHERE "workspaceId" = ? AND "leadId" IN ${sql.dialect.textset()} RETURNING 1`,
      [workspaceId, JSON.stringify(leadIds)],
    );
    return rows.length;
  }

  /** Gives every alert of `from` to `into`; answers how many. */
  async moveToLead(sql: Sql, workspaceId: string, from: string, into: string): Promise<number> {
    const rows = await sql.query(
      'UPDATE "ls_alerts" SET "leadId" = ? WHERE "workspaceId" = ? AND "leadId" = ? RETURNING 1',
      [into, workspaceId, from],
    );
    return rows.length;
  }
}
