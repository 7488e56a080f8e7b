import { BugError, OperationalError } from '@rekindle/contracts';

/** Why the database no longer takes writes: the driver's code of the first sign of damage. */
export interface DatabaseFault {
  code: string;
  message: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The driver's own error, without the statement's parameters, which may hold personal data. */
export const driverErrorOf = (error: unknown): { code: string; message: string; cause: unknown } => {
  const cause = isRecord(error) && isRecord(error['driverError']) ? error['driverError'] : error;
  const code = isRecord(cause) && typeof cause['code'] === 'string' ? cause['code'] : '';
  const message = isRecord(cause) && typeof cause['message'] === 'string' ? cause['message'] : 'unknown failure';
  return { code, message, cause };
};

/** True for signs of a damaged file or disk, after which nothing may be written any more. */
export const isDamage = (code: string): boolean => /^SQLITE_(CORRUPT|IOERR|NOTADB)/.test(code);

/** True while another process holds the write lock. */
export const isBusy = (code: string): boolean => /^SQLITE_BUSY/.test(code);

/** What the caller of a failed statement is told. */
export const storeErrorOf = (error: unknown): unknown => {
  const { code, message, cause } = driverErrorOf(error);
  if (isDamage(code)) return new OperationalError('database_damaged', `The database is damaged: ${message}`, { cause });
  if (isBusy(code)) {
    return new OperationalError('database_busy', 'Another process is writing to the database.', {
      cause,
      retryAfterMs: 1_000,
    });
  }
  if (code === 'SQLITE_FULL') {
    return new OperationalError('disk_full', 'There is no space left for the database.', {
      cause,
      retryAfterMs: 5_000,
    });
  }
  return code === '' ? error : new BugError('statement_failed', message, { cause });
};
