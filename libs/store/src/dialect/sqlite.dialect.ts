import type { ColumnKind, Dialect } from './dialect';

const rowset = (columns: Readonly<Record<string, ColumnKind>>): string => {
  const picks = Object.keys(columns).map((column) => `value->>'${column}' AS "${column}"`);
  return `(SELECT ${picks.join(', ')} FROM json_each(?))`;
};

/** SQLite 3.45 or later: many rows travel as one JSON parameter, the writer is alone, so locks need no words. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  rowset,
  textset: () => '(SELECT value FROM json_each(?))',
  // The planner knows nothing of a rowset's size; CROSS JOIN is SQLite's way to fix the order of the loops.
  lookUpJoin: 'CROSS JOIN',
  skipLocked: '',
  begin: 'BEGIN IMMEDIATE',
};
