import type { Sql, SqlParameter } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';
import type { OfWorkspace } from './credential.store';

/** A place that sends signals. Instants are epoch ms. */
export interface SourceRow {
  id: string;
  /** Of the plugin that understands it. */
  key: string;
  name: string;
  /** As stored; validate before use. */
  settings: Record<string, unknown>;
  /** Encrypted; null where the plugin needs none. */
  sealedSecret: string | null;
  isEnabled: boolean;
  /** Last call that was believed and taken in. */
  lastReceivedAt: number | null;
  lastRefusedAt: number | null;
  /** Why that call was refused. */
  lastRefusal: string | null;
  createdAt: number;
  updatedAt: number;
}

/** A call of a provider; `refusal` says why it was not taken in, null where it was. */
export interface SourceCall {
  sourceId: string;
  at: number;
  refusal: string | null;
  /** Nothing is written where the last call of the same outcome is younger: anybody can make calls that are refused. */
  unlessAfter: number;
}

/** What of a source may change; what is absent stays. */
export type SourceChange = Partial<Pick<SourceRow, 'name' | 'settings' | 'sealedSecret' | 'isEnabled'>>;

/** A one-time token of a delivery and a hash of the bytes it came with. */
export interface SourceReceipt {
  sourceId: string;
  token: string;
  bodyHash: string;
  receivedAt: number;
}

const sources = defineTable<SourceRow>('ls_sources', {
  id: 'text',
  key: 'text',
  name: 'text',
  settings: 'json',
  sealedSecret: 'text',
  isEnabled: 'flag',
  lastReceivedAt: 'integer',
  lastRefusedAt: 'integer',
  lastRefusal: 'text',
  createdAt: 'integer',
  updatedAt: 'integer',
});

const receipts = defineTable<SourceReceipt>('ls_source_receipts', {
  sourceId: 'text',
  token: 'text',
  bodyHash: 'text',
  receivedAt: 'integer',
});

function assignmentsOf(change: SourceChange): { columns: string[]; values: SqlParameter[] } {
  const { name, settings, sealedSecret, isEnabled } = change;
  const given: [string, SqlParameter | undefined][] = [
    ['name', name],
    ['settings', settings === undefined ? undefined : JSON.stringify(settings)],
    ['sealedSecret', sealedSecret],
    ['isEnabled', isEnabled],
  ];
  const set = given.flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]));
  return { columns: set.map(({ column }) => column), values: set.map(({ value }) => value) };
}

/** Places that send signals. The lookup for a delivery crosses workspaces on purpose; all else is bound to one. */
export class SourceStore {
  async insert(sql: Sql, workspaceId: string, row: SourceRow): Promise<void> {
    await insertRows(sql, sources, { workspaceId, rows: [row] });
  }

  /** Whoever's it is: the source says which workspace its deliveries belong to. */
  async forDelivery(sql: Sql, id: string): Promise<OfWorkspace<SourceRow> | null> {
    const rows = await sql.query<RawRow>(
      `SELECT "workspaceId", ${sources.list()} FROM "${sources.name}" WHERE "id" = ?`,
      [id],
    );
    return rows[0] === undefined ? null : { ...sources.decode(rows[0]), workspaceId: String(rows[0]['workspaceId']) };
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<SourceRow | null> {
    return selectRow(sql, sources, { workspaceId, where: '"id" = ?', parameters: [id] });
  }

  list(sql: Sql, workspaceId: string): Promise<SourceRow[]> {
    return selectRows(sql, sources, { workspaceId, tail: 'ORDER BY "id"' });
  }

  /** The source as it is now; null if there is none. */
  async change(
    sql: Sql,
    workspaceId: string,
    { id, now, ...change }: SourceChange & { id: string; now: number },
  ): Promise<SourceRow | null> {
    const { columns, values } = assignmentsOf(change);
    const rows = await sql.query<RawRow>(
      `UPDATE "${sources.name}" SET ${columns.map((column) => `"${column}" = ?, `).join('')}"updatedAt" = ? ` +
        `WHERE "workspaceId" = ? AND "id" = ? RETURNING ${sources.list()}`,
      [...values, now, workspaceId, id],
    );
    return rows[0] === undefined ? null : sources.decode(rows[0]);
  }

  /**
   * Remembers a call as the last one, unless one like it is remembered from after `unlessAfter`: then only one that was
   * taken in since the last refusal is. False where nothing was written.
   */
  async noteCall(sql: Sql, workspaceId: string, { sourceId, at, refusal, unlessAfter }: SourceCall): Promise<boolean> {
    const column = refusal === null ? 'lastReceivedAt' : 'lastRefusedAt';
    const [why, reason] = refusal === null ? ['', []] : [', "lastRefusal" = ?', [refusal]];
    const isMended = refusal === null ? ' OR "lastReceivedAt" <= "lastRefusedAt"' : '';
    const rows = await sql.query(
      `UPDATE "${sources.name}" SET "${column}" = ?${why} WHERE "workspaceId" = ? AND "id" = ? ` +
        `AND ("${column}" IS NULL OR "${column}" <= ?${isMended}) RETURNING 1`,
      [at, ...reason, workspaceId, sourceId, unlessAfter],
    );
    return rows.length === 1;
  }

  /** Takes its receipts with it. False if there was none. */
  async delete(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
    await sql.query(`DELETE FROM "${receipts.name}" WHERE "workspaceId" = ? AND "sourceId" = ?`, [workspaceId, id]);
    const rows = await sql.query(`DELETE FROM "${sources.name}" WHERE "workspaceId" = ? AND "id" = ? RETURNING 1`, [
      workspaceId,
      id,
    ]);
    return rows.length === 1;
  }

  /** False if the token has come before with other bytes. */
  async claim(sql: Sql, workspaceId: string, receipt: SourceReceipt): Promise<boolean> {
    await insertRows(sql, receipts, { workspaceId, rows: [receipt], onConflict: 'ignore' });
    const rows = await sql.query<{ bodyHash: string }>(
      `SELECT "bodyHash" FROM "${receipts.name}" WHERE "workspaceId" = ? AND "sourceId" = ? AND "token" = ?`,
      [workspaceId, receipt.sourceId, receipt.token],
    );
    return rows[0]?.bodyHash === receipt.bodyHash;
  }

  /** Answers how many tokens were older than `before`. */
  async forget(sql: Sql, workspaceId: string, before: number): Promise<number> {
    const rows = await sql.query(
      `DELETE FROM "${receipts.name}" WHERE "workspaceId" = ? AND "receivedAt" < ? RETURNING 1`,
      [workspaceId, before],
    );
    return rows.length;
  }
}
