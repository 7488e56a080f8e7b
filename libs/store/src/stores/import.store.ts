import type { Sql } from '../database/sql';
import { keysetOf, pageOfRows } from '../tables/keyset.cursor';
import type { Page, PageRequest } from '../tables/keyset.cursor';
import { insertRows } from '../tables/row.writer';
import { selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';
import type { OfWorkspace } from './credential.store';

/** What the rows of a file are. */
export type ImportKind = 'leads' | 'accounts' | 'events' | 'outcomes';

/**
 * `ready` waits for its mapping to be checked, `checked` for somebody to run it; `checking`, `running` and `undoing`
 * are work under way; the rest is final.
 */
export type ImportState = 'ready' | 'checking' | 'checked' | 'running' | 'done' | 'undoing' | 'undone' | 'failed';

/** How many rows of a file met which fate so far; together they are `rowsDone`. */
export interface ImportCounts {
  imported: number;
  /** Stored before by this or another import. */
  unchanged: number;
  /** Rows that say nothing, such as a deal still open. */
  skipped: number;
  rejected: number;
}

/** A file on its way in. Documents are as stored: validate before use. Instants are epoch ms. */
export interface ImportRow extends ImportCounts {
  id: string;
  kind: ImportKind;
  fileName: string;
  bytes: number;
  state: ImportState;
  /** How the file is read, with what was seen of it. */
  format: unknown;
  mapping: unknown;
  /** What the dry run found. */
  finding: unknown;
  rowsDone: number;
  /** Why it failed. */
  error: string | null;
  createdAt: number;
  updatedAt: number;
  finishedAt: number | null;
}

/** A claimed import. Only the holder of `fence` may move it on. */
export type ImportLease = OfWorkspace<ImportRow> & { fence: number };

const imports = defineTable<ImportRow>('ls_imports', {
  id: 'text',
  kind: 'text',
  fileName: 'text',
  bytes: 'integer',
  state: 'text',
  format: 'json',
  mapping: 'json',
  finding: 'json',
  rowsDone: 'integer',
  imported: 'integer',
  unchanged: 'integer',
  skipped: 'integer',
  rejected: 'integer',
  error: 'text',
  createdAt: 'integer',
  updatedAt: 'integer',
  finishedAt: 'integer',
});
const stored = defineTable<ImportRow & { fence: number; leaseUntil: number }>('ls_imports', {
  ...imports.columns,
  fence: 'integer',
  leaseUntil: 'integer',
});

const byFence = 'WHERE "workspaceId" = ? AND "id" = ? AND "fence" = ? RETURNING 1';

/** Import jobs: a row with a cursor each, so that a crash costs nothing but the time to read up to it again. */
export class ImportStore {
  async insert(sql: Sql, workspaceId: string, row: ImportRow): Promise<void> {
    await insertRows(sql, stored, { workspaceId, rows: [{ ...row, fence: 0, leaseUntil: 0 }] });
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<ImportRow | null> {
    return selectRow(sql, imports, { workspaceId, where: '"id" = ?', parameters: [id] });
  }

  /** Newest first. @throws UserError `invalid_cursor` */
  async list(sql: Sql, workspaceId: string, page: PageRequest): Promise<Page<ImportRow>> {
    const after = keysetOf(page.cursor);
    const rows = await selectRows(sql, imports, {
      workspaceId,
      where: after === null ? 'true' : '("createdAt", "id") < (?, ?)',
      parameters: [...(after === null ? [] : [after.at, after.id]), page.limit + 1],
      tail: 'ORDER BY "createdAt" DESC, "id" DESC LIMIT ?',
    });
    return pageOfRows(rows, page.limit, (row) => ({ at: row.createdAt, id: row.id }));
  }

  /** Replaces how a file is read and mapped, which makes an earlier dry run void; false unless it waits for that. */
  async describe(
    sql: Sql,
    workspaceId: string,
    change: Pick<ImportRow, 'id' | 'kind' | 'format' | 'mapping'> & { now: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      `UPDATE "ls_imports" SET "kind" = ?, "format" = ?, "mapping" = ?, "finding" = NULL, "state" = 'ready', ` +
        `"updatedAt" = ? WHERE "workspaceId" = ? AND "id" = ? AND "state" IN ('ready', 'checked') RETURNING 1`,
      [
        change.kind,
        JSON.stringify(change.format),
        JSON.stringify(change.mapping),
        change.now,
        ...[workspaceId, change.id],
      ],
    );
    return rows.length === 1;
  }

  /** Starts work; false if the import is in none of the states it may start from. */
  async begin(
    sql: Sql,
    workspaceId: string,
    change: { id: string; from: readonly ImportState[]; to: ImportState; now: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_imports" SET "state" = ?, "error" = NULL, "leaseUntil" = 0, "updatedAt" = ? ' +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" IN ${sql.dialect.textset()} RETURNING 1`,
      [change.to, change.now, workspaceId, change.id, JSON.stringify(change.from)],
    );
    return rows.length === 1;
  }

  /** Across workspaces: claims one import with work under way that nobody holds, or null. */
  async claim(sql: Sql, now: number, leaseMs: number): Promise<ImportLease | null> {
    const rows = await sql.query<RawRow>(
      'UPDATE "ls_imports" SET "fence" = "fence" + 1, "leaseUntil" = ? WHERE ("workspaceId", "id") IN (' +
        `SELECT "workspaceId", "id" FROM "ls_imports" WHERE "state" IN ('checking', 'running', 'undoing') ` +
        `AND "leaseUntil" <= ? ORDER BY "leaseUntil" LIMIT 1 ${sql.dialect.skipLocked}) ` +
        `RETURNING "workspaceId", "fence", ${imports.list()}`,
      [now + leaseMs, now],
    );
    const raw = rows[0];
    return raw === undefined
      ? null
      : { ...imports.decode(raw), workspaceId: String(raw['workspaceId']), fence: Number(raw['fence']) };
  }

  /** Saves how far the holder has come and keeps the claim; false if it was lost. */
  async progress(
    sql: Sql,
    lease: ImportLease,
    to: ImportCounts & { rowsDone: number; now: number; leaseUntil: number },
  ): Promise<boolean> {
    const counts = [to.rowsDone, to.imported, to.unchanged, to.skipped, to.rejected];
    const rows = await sql.query(
      'UPDATE "ls_imports" SET "rowsDone" = ?, "imported" = ?, "unchanged" = ?, "skipped" = ?, "rejected" = ?, ' +
        `"updatedAt" = ?, "leaseUntil" = ? ${byFence}`,
      [...counts, to.now, to.leaseUntil, lease.workspaceId, lease.id, lease.fence],
    );
    return rows.length === 1;
  }

  /** Ends the holder's work; false if the claim was lost. A finding or error left out stays what it is. */
  async finish(
    sql: Sql,
    lease: ImportLease,
    end: { state: ImportState; finding?: unknown; error?: string; now: number },
  ): Promise<boolean> {
    const finding = end.finding === undefined ? null : JSON.stringify(end.finding);
    const rows = await sql.query(
      'UPDATE "ls_imports" SET "state" = ?, "finding" = COALESCE(?, "finding"), "error" = COALESCE(?, "error"), ' +
        `"leaseUntil" = 0, "updatedAt" = ?, "finishedAt" = ? ${byFence}`,
      [end.state, finding, end.error ?? null, end.now, end.now, lease.workspaceId, lease.id, lease.fence],
    );
    return rows.length === 1;
  }

  /** Lets the claim go, so that another process need not wait for it to lapse. */
  async release(sql: Sql, lease: ImportLease): Promise<boolean> {
    const rows = await sql.query(`UPDATE "ls_imports" SET "leaseUntil" = 0 ${byFence}`, [
      ...[lease.workspaceId, lease.id, lease.fence],
    ]);
    return rows.length === 1;
  }

  /** Forgets an import that brought nothing; false if there is none or it may have. */
  async discard(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
    const rows = await sql.query(
      `DELETE FROM "ls_imports" WHERE "workspaceId" = ? AND "id" = ? AND "state" IN ('ready', 'checked', 'undone') RETURNING 1`,
      [workspaceId, id],
    );
    return rows.length === 1;
  }
}
