import type { Sql } from '../database/sql';
import type { RawRow } from '../tables/table';

/** A tenant. `timezone` is an IANA name; instants are epoch ms. */
export interface WorkspaceRow {
  id: string;
  name: string;
  timezone: string;
  /** Holds generated data that a demo may replace. */
  isDemo: boolean;
  createdAt: number;
}

const columns = '"id", "name", "timezone", "isDemo", "createdAt"';

const decode = (raw: RawRow): WorkspaceRow => ({
  id: String(raw['id']),
  name: String(raw['name']),
  timezone: String(raw['timezone']),
  isDemo: Number(raw['isDemo']) === 1,
  createdAt: Number(raw['createdAt']),
});

/** The tenants of this database. */
export class WorkspaceStore {
  async insert(sql: Sql, row: WorkspaceRow): Promise<void> {
    await sql.query(`INSERT INTO "ls_workspaces" (${columns}) VALUES (?, ?, ?, ?, ?)`, [
      row.id,
      row.name,
      row.timezone,
      row.isDemo ? 1 : 0,
      row.createdAt,
    ]);
  }

  async byId(sql: Sql, workspaceId: string): Promise<WorkspaceRow | null> {
    const rows = await sql.query<RawRow>(`SELECT ${columns} FROM "ls_workspaces" WHERE "id" = ?`, [workspaceId]);
    return rows[0] === undefined ? null : decode(rows[0]);
  }

  /** Oldest first. */
  async list(sql: Sql): Promise<WorkspaceRow[]> {
    const rows = await sql.query<RawRow>(`SELECT ${columns} FROM "ls_workspaces" ORDER BY "createdAt", "id"`);
    return rows.map(decode);
  }
}
