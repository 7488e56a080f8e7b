import type { Sql, SqlParameter } from '../database/sql';
import type { RawRow, Table } from './table';

/** The rows of a workspace that satisfy `where` (a fragment of ours, never of a caller's), in the order asked for. */
export const selectRows = async <Row extends object>(
  sql: Sql,
  table: Table<Row>,
  select: { workspaceId: string; where?: string; parameters?: readonly SqlParameter[]; tail?: string },
): Promise<Row[]> => {
  const raw = await sql.query<RawRow>(
    `SELECT ${table.list()} FROM "${table.name}" WHERE "workspaceId" = ?` +
      `${select.where === undefined ? '' : ` AND ${select.where}`} ${select.tail ?? ''}`,
    [select.workspaceId, ...(select.parameters ?? [])],
  );
  return raw.map((row) => table.decode(row));
};

/** The first such row, or null. */
export const selectRow = async <Row extends object>(
  sql: Sql,
  table: Table<Row>,
  select: { workspaceId: string; where: string; parameters: readonly SqlParameter[]; tail?: string },
): Promise<Row | null> =>
  (await selectRows(sql, table, { ...select, tail: `${select.tail ?? ''} LIMIT 1` }))[0] ?? null;

/** The rows whose `column` is one of `values`, in one statement, by that column's value. */
export const selectByValues = async <Row extends object>(
  sql: Sql,
  table: Table<Row>,
  select: { workspaceId: string; column: keyof Row & string; values: readonly string[] },
): Promise<Map<string, Row>> => {
  if (select.values.length === 0) return new Map();
  const rows = await selectRows(sql, table, {
    workspaceId: select.workspaceId,
    where: `"${select.column}" IN ${sql.dialect.textset()}`,
    parameters: [JSON.stringify(select.values)],
  });
  return new Map(rows.map((row) => [String(row[select.column]), row]));
};
