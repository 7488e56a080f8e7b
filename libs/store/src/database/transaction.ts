import { setTimeout as pause } from 'node:timers/promises';
import { OperationalError } from '@rekindle/contracts';
import type { RunnerSql } from './runner.sql';
import type { Sql } from './sql';

const BUSY_TRIES = 100;
const BUSY_PAUSE_MS = 50;

const isBusy = (error: unknown): boolean => error instanceof OperationalError && error.code === 'database_busy';

/** Takes the write lock; while another process has it, waits without blocking this one, for about ten seconds. */
const begin = async (sql: Sql): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await sql.query(sql.dialect.begin);
      return;
    } catch (error) {
      if (!isBusy(error) || tries === BUSY_TRIES) throw error;
      await pause(BUSY_PAUSE_MS);
    }
  }
};

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
  await begin(control);
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
