import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';
import type { OfWorkspace } from './credential.store';

/** What a person may do in the admin. */
export type UserRole = 'viewer' | 'operator' | 'admin';

/** A person who signs in. `email` is kept in lower case. */
export interface UserRow {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  role: UserRole;
  createdAt: number;
}

const users = defineTable<UserRow>('ls_users', {
  id: 'text',
  email: 'text',
  name: 'text',
  passwordHash: 'text',
  role: 'text',
  createdAt: 'integer',
});

const lower = (row: UserRow): UserRow => ({ ...row, email: row.email.toLowerCase() });

/** The people of a workspace. */
export class UserStore {
  async insert(sql: Sql, workspaceId: string, row: UserRow): Promise<void> {
    await insertRows(sql, users, { workspaceId, rows: [lower(row)] });
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<UserRow | null> {
    return selectRow(sql, users, { workspaceId, where: '"id" = ?', parameters: [id] });
  }

  byEmail(sql: Sql, workspaceId: string, email: string): Promise<UserRow | null> {
    return selectRow(sql, users, { workspaceId, where: '"email" = ?', parameters: [email.toLowerCase()] });
  }

  /** By e-mail: the users of every workspace with this address, oldest first; signing in decides the workspace. */
  async forSignIn(sql: Sql, email: string): Promise<OfWorkspace<UserRow>[]> {
    const rows = await sql.query<RawRow>(
      `SELECT "workspaceId", ${users.list()} FROM "ls_users" WHERE "email" = ? ORDER BY "createdAt", "id"`,
      [email.toLowerCase()],
    );
    return rows.map((raw) => ({ ...users.decode(raw), workspaceId: String(raw['workspaceId']) }));
  }

  list(sql: Sql, workspaceId: string): Promise<UserRow[]> {
    return selectRows(sql, users, { workspaceId, tail: 'ORDER BY "email"' });
  }
}
