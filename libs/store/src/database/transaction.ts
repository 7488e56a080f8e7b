import { patiently } from './patience';
import type { RunnerSql } from './runner.sql';
import type { Sql } from './sql';

/** Undoes what is open. SQLite has done so itself after some failures; what matters then is the first error. */
const rollback = async (sql: Sql): Promise<void> => {
  try {
    await sql.query('ROLLBACK');
  } catch {
    return;
  }
};

/** One write transaction: commits what `work` did, or undoes it and rethrows. The caller makes sure it is alone. */
export const transaction = async <T>(
  connect: (givesWay: boolean) => RunnerSql,
  work: (sql: Sql) => Promise<T>,
): Promise<T> => {
  const control = connect(false);
  const sql = connect(true);
  await patiently(() => control.query(control.dialect.begin));
  try {
    const result = await work(sql);
    sql.end();
    await control.query('COMMIT');
    return result;
  } catch (error) {
    sql.end();
    await rollback(control);
    throw error;
  }
};
