import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';

/** A published version never changes; there is at most one draft per key. */
export type ModelStatus = 'draft' | 'published';

/** One version of a scoring model. Instants are epoch ms. */
export interface ModelRow {
  id: string;
  key: string;
  version: number;
  status: ModelStatus;
  /** As stored; validate before use. */
  document: unknown;
  /** Changes with every save: what If-Match is compared with. */
  etag: string;
  createdAt: number;
  updatedAt: number;
  publishedAt: number | null;
}

const models = defineTable<ModelRow>('ls_models', {
  id: 'text',
  key: 'text',
  version: 'integer',
  status: 'text',
  document: 'json',
  etag: 'text',
  createdAt: 'integer',
  updatedAt: 'integer',
  publishedAt: 'integer',
});

/** Scoring models. */
export class ModelStore {
  /** By key, newest version first. */
  list(sql: Sql, workspaceId: string): Promise<ModelRow[]> {
    return selectRows(sql, models, { workspaceId, tail: 'ORDER BY "key", "version" DESC' });
  }

  /** The version that scores. */
  published(sql: Sql, workspaceId: string, key: string): Promise<ModelRow | null> {
    return selectRow(sql, models, {
      workspaceId,
      where: `"key" = ? AND "status" = 'published'`,
      parameters: [key],
      tail: 'ORDER BY "version" DESC',
    });
  }

  draft(sql: Sql, workspaceId: string, key: string): Promise<ModelRow | null> {
    return selectRow(sql, models, { workspaceId, where: `"key" = ? AND "status" = 'draft'`, parameters: [key] });
  }

  byVersion(sql: Sql, workspaceId: string, key: string, version: number): Promise<ModelRow | null> {
    return selectRow(sql, models, { workspaceId, where: '"key" = ? AND "version" = ?', parameters: [key, version] });
  }

  /** A new version, draft or published; false if the version, or a draft of this key, exists already. */
  async insert(sql: Sql, workspaceId: string, row: ModelRow): Promise<boolean> {
    return (await insertRows(sql, models, { workspaceId, rows: [row], onConflict: 'ignore' })) === 1;
  }

  /** Replaces the draft's content; false if there is none or it is no longer the one with the etag `ifMatch`. */
  async replaceDraft(
    sql: Sql,
    workspaceId: string,
    draft: { key: string; ifMatch: string; etag: string; document: unknown; now: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_models" SET "document" = ?, "etag" = ?, "updatedAt" = ? ' +
        `WHERE "workspaceId" = ? AND "key" = ? AND "status" = 'draft' AND "etag" = ? RETURNING 1`,
      [JSON.stringify(draft.document), draft.etag, draft.now, workspaceId, draft.key, draft.ifMatch],
    );
    return rows.length === 1;
  }

  /** Makes the draft with this etag the version that scores; null if there is no such draft. */
  async publish(
    sql: Sql,
    workspaceId: string,
    draft: { key: string; ifMatch: string; now: number },
  ): Promise<ModelRow | null> {
    const rows = await sql.query<RawRow>(
      `UPDATE "ls_models" SET "status" = 'published', "publishedAt" = ?, "updatedAt" = ? ` +
        `WHERE "workspaceId" = ? AND "key" = ? AND "status" = 'draft' AND "etag" = ? RETURNING ${models.list()}`,
      [draft.now, draft.now, workspaceId, draft.key, draft.ifMatch],
    );
    return rows[0] === undefined ? null : models.decode(rows[0]);
  }
}
