import type { Dialect } from '../dialect/dialect';

/** A value bound to a `?` of a statement. Booleans are bound as 0 and 1. */
export type SqlParameter = string | number | bigint | boolean | Buffer | null;

/**
 * A connection to run hand-written statements on: inside `Database.write` the open transaction, as `Database.read`
 * the read-only connection. Identifiers are double-quoted, parameters are `?`. A statement that changes rows answers
 * with rows only through `RETURNING`; without it the answer is empty.
 */
export interface Sql {
  query<Row>(statement: string, parameters?: readonly SqlParameter[]): Promise<Row[]>;
  /** Runs one statement for each row of parameters, in order; answers how many rows changed in all. */
  runEach(statement: string, rows: readonly (readonly SqlParameter[])[]): Promise<number>;
  readonly dialect: Dialect;
}
