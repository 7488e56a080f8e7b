import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { OperationalError } from '@rekindle/contracts';
import { driverErrorOf } from './database.fault';

const sizeOf = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (driverErrorOf(error).code === 'ENOENT') return null;
    throw error;
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Creates an empty database that is complete from the first moment it carries its name. */
const createFile = async (path: string): Promise<void> => {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${randomUUID()}`);
  const file = new SqliteFile(draft);
  file.pragma('journal_mode = WAL');
  file.close();
  try {
    await link(draft, path);
  } catch (error) {
    if (driverErrorOf(error).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  await syncFolder(folder);
};

const refuse = (code: string, message: string): OperationalError => new OperationalError(code, message);

/**
 * Makes sure that there is a database file to open: creates the folder and the file where there is neither, and
 * refuses what looks like the remains of one. @throws OperationalError `database_empty`, `database_missing`
 */
export const prepareFile = async (path: string, mayAdopt: boolean): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const size = await sizeOf(path);
  if (size === null) {
    if (((await sizeOf(`${path}-wal`)) ?? 0) > 0) {
      throw refuse('database_missing', `${path} is missing, but its write-ahead log is there. Restore the file.`);
    }
    await createFile(path);
    return;
  }
  if (size > 0 || mayAdopt) return;
  throw refuse('database_empty', `${path} exists but is empty. Restore a backup, or remove it to start afresh.`);
};
