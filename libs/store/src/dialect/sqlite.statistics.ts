import type { Sql } from '../database/sql';

/** Rows per table that plans are made for. */
const ROWS = 1_000_000;
const PARTIAL_ROWS = 10_000;

/** How many different values a column holds beside others; columns not named here have many. */
const FEW_VALUES: Record<string, number> = {
  workspaceId: 1,
  state: 5,
  kind: 3,
  fitScore: 100,
  fitGrade: 5,
  usageTier: 5,
};
const MANY_VALUES = 1_000;

interface IndexColumn {
  table: string;
  index: string;
  column: string;
  isUnique: number;
  isPartial: number;
}

/** SQLite's text for an index: rows, then rows that share the first column, the first two, and so on. */
const statisticOf = (columns: readonly IndexColumn[]): string => {
  let rows = columns[0]?.isPartial === 1 ? PARTIAL_ROWS : ROWS;
  const shared = [rows];
  for (const [position, { column, isUnique }] of columns.entries()) {
    const isWhole = isUnique === 1 && position === columns.length - 1;
    rows = isWhole ? 1 : Math.max(1, Math.ceil(rows / (FEW_VALUES[column] ?? MANY_VALUES)));
    shared.push(rows);
  }
  return shared.join(' ');
};

const indexesOf = async (sql: Sql): Promise<Map<string, IndexColumn[]>> => {
  const rows = await sql.query<IndexColumn>(
    'SELECT tables.name AS "table", indexes.name AS "index", columns.name AS "column", ' +
      'indexes."unique" AS "isUnique", indexes.partial AS "isPartial" FROM sqlite_schema AS tables ' +
      'JOIN pragma_index_list(tables.name) AS indexes JOIN pragma_index_info(indexes.name) AS columns ' +
      `WHERE tables.type = 'table' AND tables.name LIKE 'ls\\_%' ESCAPE '\\' ORDER BY indexes.name, columns.seqno`,
  );
  const indexes = new Map<string, IndexColumn[]>();
  for (const row of rows) indexes.set(row.index, [...(indexes.get(row.index) ?? []), row]);
  return indexes;
};

/**
 * Tells SQLite's planner what its guess for a table without statistics gets wrong: one workspace may hold all rows, so
 * an index is worth nothing by its first column alone. Written with the schema, so that plans are the same on every
 * installation and do not tip over as the data grows.
 */
export const writeStatistics = async (sql: Sql): Promise<void> => {
  await sql.query('ANALYZE "ls_workspaces"');
  await sql.query(`DELETE FROM sqlite_stat1 WHERE tbl LIKE 'ls\\_%' ESCAPE '\\'`);
  for (const [index, columns] of await indexesOf(sql)) {
    const table = columns[0]?.table ?? '';
    await sql.query('INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)', [table, index, statisticOf(columns)]);
  }
  await sql.query('ANALYZE sqlite_schema');
};
