import type { Sql } from './sql';

/**
 * Runs `work` so that its failure undoes only its own statements and leaves the transaction usable; rethrows what it
 * threw. Savepoints nest, but must not run side by side.
 */
export const savepoint = async <T>(sql: Sql, work: () => Promise<T>): Promise<T> => {
  await sql.query('SAVEPOINT part');
  try {
    const result = await work();
    await sql.query('RELEASE SAVEPOINT part');
    return result;
  } catch (error) {
    await sql.query('ROLLBACK TO SAVEPOINT part');
    await sql.query('RELEASE SAVEPOINT part');
    throw error;
  }
};
