import type { Sql, SqlParameter } from '../database/sql';
import type { ColumnKind } from '../dialect/dialect';
import type { Table } from './table';

/** What an insert does with a row that is already there (by any unique key). */
export type OnConflict = 'fail' | 'ignore';

/** Identifies a row of a workspace. */
export interface Identified {
  id: string;
}

const encodeValue = (kind: ColumnKind, value: unknown): SqlParameter => {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return JSON.stringify(value);
  if (kind === 'flag') return value === true ? 1 : 0;
  return kind === 'text' ? String(value) : Number(value);
};

type Entries<Row> = Table<Row>['entries'];

const addRow = <Row extends object>(parameters: SqlParameter[], entries: Entries<Row>, row: Row): SqlParameter[] => {
  for (const [column, kind] of entries) parameters.push(encodeValue(kind, row[column]));
  return parameters;
};

/** Inserts all rows with one prepared statement; answers how many were new. */
export const insertRows = <Row extends object>(
  sql: Sql,
  table: Table<Row>,
  insert: { workspaceId: string; rows: readonly Row[]; onConflict?: OnConflict },
): Promise<number> => {
  const { entries } = table;
  const names = entries.map(([column]) => `"${column}"`).join(', ');
  return sql.runEach(
    `INSERT INTO "${table.name}" ("workspaceId", ${names}) VALUES (?${', ?'.repeat(entries.length)})` +
      `${insert.onConflict === 'ignore' ? ' ON CONFLICT DO NOTHING' : ''}`,
    insert.rows.map((row) => addRow([insert.workspaceId], entries, row)),
  );
};

/** Replaces every column but `id` and `createdAt` of the rows with these ids; answers how many there were. */
export const updateRows = <Row extends Identified>(
  sql: Sql,
  table: Table<Row>,
  update: { workspaceId: string; rows: readonly Row[] },
): Promise<number> => {
  const entries = table.entries.filter(([name]) => name !== 'id' && name !== 'createdAt');
  return sql.runEach(
    `UPDATE "${table.name}" SET ${entries.map(([column]) => `"${column}" = ?`).join(', ')} ` +
      'WHERE "workspaceId" = ? AND "id" = ?',
    update.rows.map((row) => [...addRow([], entries, row), update.workspaceId, row.id]),
  );
};
