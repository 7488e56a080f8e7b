import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import type { RawRow, Table } from '../tables/table';

/** How far events sent with a write key are believed: browsers' keys are public. */
export type WriteKeyTrust = 'server' | 'browser';

/** A key that may send events. Only a hash of the secret is kept. */
export interface WriteKeyRow {
  id: string;
  name: string;
  keyHash: string;
  prefix: string;
  last4: string;
  trust: WriteKeyTrust;
  createdAt: number;
  revokedAt: number | null;
}

/** A key that may call the management API within its scopes. Only a hash of the secret is kept. */
export interface ApiKeyRow {
  id: string;
  name: string;
  keyHash: string;
  prefix: string;
  last4: string;
  scopes: string[];
  createdAt: number;
  revokedAt: number | null;
}

/** A row found by its secret: the credential says which workspace it opens. */
export type OfWorkspace<Row> = Row & { workspaceId: string };

const keyColumns = { id: 'text', name: 'text', keyHash: 'text', prefix: 'text', last4: 'text' } as const;
const lifeColumns = { createdAt: 'integer', revokedAt: 'integer' } as const;
const writeKeys = defineTable<WriteKeyRow>('ls_write_keys', { ...keyColumns, trust: 'text', ...lifeColumns });
const apiKeys = defineTable<ApiKeyRow>('ls_api_keys', { ...keyColumns, scopes: 'json', ...lifeColumns });

const byHash = async <Row extends object>(
  sql: Sql,
  table: Table<Row>,
  keyHash: string,
): Promise<OfWorkspace<Row> | null> => {
  const rows = await sql.query<RawRow>(
    `SELECT "workspaceId", ${table.list()} FROM "${table.name}" WHERE "keyHash" = ? AND "revokedAt" IS NULL`,
    [keyHash],
  );
  return rows[0] === undefined ? null : { ...table.decode(rows[0]), workspaceId: String(rows[0]['workspaceId']) };
};

const revoke = async (
  sql: Sql,
  table: string,
  key: { workspaceId: string; id: string; now: number },
): Promise<boolean> => {
  const rows = await sql.query(
    `UPDATE "${table}" SET "revokedAt" = ? WHERE "workspaceId" = ? AND "id" = ? AND "revokedAt" IS NULL RETURNING 1`,
    [key.now, key.workspaceId, key.id],
  );
  return rows.length === 1;
};

/** Write keys and API keys. Lookups by hash cross workspaces on purpose; everything else is bound to one. */
export class CredentialStore {
  async insertWriteKey(sql: Sql, workspaceId: string, row: WriteKeyRow): Promise<void> {
    await insertRows(sql, writeKeys, { workspaceId, rows: [row] });
  }

  async insertApiKey(sql: Sql, workspaceId: string, row: ApiKeyRow): Promise<void> {
    await insertRows(sql, apiKeys, { workspaceId, rows: [row] });
  }

  /** Null for an unknown or revoked key. */
  writeKeyByHash(sql: Sql, keyHash: string): Promise<OfWorkspace<WriteKeyRow> | null> {
    return byHash(sql, writeKeys, keyHash);
  }

  /** Null for an unknown or revoked key. */
  apiKeyByHash(sql: Sql, keyHash: string): Promise<OfWorkspace<ApiKeyRow> | null> {
    return byHash(sql, apiKeys, keyHash);
  }

  listWriteKeys(sql: Sql, workspaceId: string): Promise<WriteKeyRow[]> {
    return selectRows(sql, writeKeys, { workspaceId, tail: 'ORDER BY "id"' });
  }

  listApiKeys(sql: Sql, workspaceId: string): Promise<ApiKeyRow[]> {
    return selectRows(sql, apiKeys, { workspaceId, tail: 'ORDER BY "id"' });
  }

  /** False if there is no such key or it is revoked already. */
  revokeWriteKey(sql: Sql, workspaceId: string, id: string, now: number): Promise<boolean> {
    return revoke(sql, writeKeys.name, { workspaceId, id, now });
  }

  /** False if there is no such key or it is revoked already. */
  revokeApiKey(sql: Sql, workspaceId: string, id: string, now: number): Promise<boolean> {
    return revoke(sql, apiKeys.name, { workspaceId, id, now });
  }
}
