/** How a column travels between a row object and the database. `json` holds an object or array as text, `flag` 0 or 1. */
export type ColumnKind = 'text' | 'integer' | 'real' | 'json' | 'flag';

/** Everything in which the databases differ; nothing outside this folder knows which one it talks to. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** A derived table (without alias) made of one parameter: a JSON array of objects with these columns. */
  rowset(columns: Readonly<Record<string, ColumnKind>>): string;
  /** A derived table (without alias) with the one column `value`, made of one parameter: a JSON array of strings. */
  textset(): string;
  /** Joins a table to a rowset so that the rowset's rows come first and look the table up, never the other way round. */
  readonly lookUpJoin: string;
  /** Appended to a sub-select that claims rows, so that two claimers never wait for each other. */
  readonly skipLocked: string;
  /** Opens a write transaction that cannot fail later for having read first. */
  readonly begin: string;
}
