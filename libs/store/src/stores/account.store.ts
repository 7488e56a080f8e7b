import type { Sql } from '../database/sql';
import { insertRows, updateRows } from '../tables/row.writer';
import { selectByValues, selectRow } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import { searchTextOf } from '../tables/search.text';
import type { TraitTimesRow } from './lead.store';

/** A company that leads belong to. `groupId` is the sender's id of it. */
export interface AccountRow {
  id: string;
  groupId: string;
  name: string | null;
  domain: string | null;
  traits: Record<string, unknown>;
  /** When each trait was said, as of leads. */
  traitTimes: TraitTimesRow | null;
  createdAt: number;
  updatedAt: number;
}

type StoredAccount = AccountRow & { searchText: string };

const columns = {
  id: 'text',
  groupId: 'text',
  name: 'text',
  domain: 'text',
  traits: 'json',
  traitTimes: 'json',
  createdAt: 'integer',
  updatedAt: 'integer',
} as const;
const accounts = defineTable<AccountRow>('ls_accounts', columns);
const storedAccounts = defineTable<StoredAccount>('ls_accounts', { ...columns, searchText: 'text' });

const stored = (row: AccountRow): StoredAccount => ({ ...row, searchText: searchTextOf([row.name]) });

/** Companies. */
export class AccountStore {
  /** By the sender's id of the company. */
  getByGroupIds(sql: Sql, workspaceId: string, groupIds: readonly string[]): Promise<Map<string, AccountRow>> {
    return selectByValues(sql, accounts, { workspaceId, column: 'groupId', values: groupIds });
  }

  getMany(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<Map<string, AccountRow>> {
    return selectByValues(sql, accounts, { workspaceId, column: 'id', values: ids });
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<AccountRow | null> {
    return selectRow(sql, accounts, { workspaceId, where: '"id" = ?', parameters: [id] });
  }

  /** Forgets an account; false if there is none. */
  async delete(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
    const rows = await sql.query('DELETE FROM "ls_accounts" WHERE "workspaceId" = ? AND "id" = ? RETURNING 1', [
      workspaceId,
      id,
    ]);
    return rows.length === 1;
  }

  async insertMany(sql: Sql, workspaceId: string, rows: readonly AccountRow[]): Promise<void> {
    await insertRows(sql, storedAccounts, { workspaceId, rows: rows.map(stored) });
  }

  /** Replaces everything but `id` and `createdAt`; answers how many rows there were. */
  updateMany(sql: Sql, workspaceId: string, rows: readonly AccountRow[]): Promise<number> {
    return updateRows(sql, storedAccounts, { workspaceId, rows: rows.map(stored) });
  }
}
