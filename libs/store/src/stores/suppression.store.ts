import type { Sql } from '../database/sql';

/** An address that must not be written to. Only a keyed hash of it is kept, so that it survives an erasure. */
export interface SuppressionRow {
  addressHash: string;
  reason: string;
  createdAt: number;
}

/** Addresses that must not be written to. */
export class SuppressionStore {
  /** False if the address was suppressed already; the first reason stays. */
  async add(sql: Sql, workspaceId: string, row: SuppressionRow): Promise<boolean> {
    const rows = await sql.query(
      'INSERT INTO "ls_suppressions" ("workspaceId", "addressHash", "reason", "createdAt") VALUES (?, ?, ?, ?) ' +
        'ON CONFLICT DO NOTHING RETURNING 1',
      [workspaceId, row.addressHash, row.reason, row.createdAt],
    );
    return rows.length === 1;
  }

  /** Those of these hashes that are suppressed. */
  async among(sql: Sql, workspaceId: string, addressHashes: readonly string[]): Promise<Set<string>> {
    if (addressHashes.length === 0) return new Set();
    const rows = await sql.query<{ addressHash: string }>(
      `SELECT "addressHash" FROM "ls_suppressions" WHERE "workspaceId" = ? AND "addressHash" IN ${sql.dialect.textset()}`,
      [workspaceId, JSON.stringify(addressHashes)],
    );
    return new Set(rows.map((row) => row.addressHash));
  }

  async has(sql: Sql, workspaceId: string, addressHash: string): Promise<boolean> {
    return (await this.among(sql, workspaceId, [addressHash])).size === 1;
  }

  /** Only a person may lift a suppression. False if there was none. */
  async remove(sql: Sql, workspaceId: string, addressHash: string): Promise<boolean> {
    const rows = await sql.query(
      'DELETE FROM "ls_suppressions" WHERE "workspaceId" = ? AND "addressHash" = ? RETURNING 1',
      [workspaceId, addressHash],
    );
    return rows.length === 1;
  }
}
