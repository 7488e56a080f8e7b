import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import type { Database as SqliteHandle } from 'better-sqlite3';
import { OperationalError, UserError } from '@rekindle/contracts';
import { sqliteDialect } from '../dialect/sqlite.dialect';
import { entities } from '../entities/entity.registry';
import { migrations } from '../migrations/migration.registry';
import { storeErrorOf } from './database.fault';
import { prepareFile } from './database.file';
import { migrate, migrationsTable } from './migration.lock';
import { patiently } from './patience';
import type { Connection } from './runner.sql';

/** The two connections of one database. */
export interface Connections {
  path: string;
  writer: DataSource;
  reader: DataSource;
}

const BUSY_TIMEOUT_MS = 100;
/** Of the file; the most SQLite takes. What is mapped is the system's page cache, not memory of ours. */
const MAPPED_BYTES = 0x7fff0000;

const pathOf = (url: string): string => {
  if (/^[a-z]+:\/\//.test(url) && !url.startsWith('sqlite://')) {
    throw new UserError('unsupported_database', 'The database URL must be sqlite:<path>.');
  }
  const path = url.replace(/^sqlite:(\/\/)?/, '');
  if (path === '' || path.includes(':memory:')) {
    throw new UserError('unsupported_database', 'The database needs a file: two connections share it.');
  }
  return resolve(path);
};

/** Runs on every connection before anything else: none of this is kept in the file. */
const prepare = (handle: SqliteHandle, isReader: boolean): void => {
  handle.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  if (isReader) handle.pragma('query_only = ON');
  else handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL');
  handle.pragma('secure_delete = ON');
  handle.pragma('foreign_keys = ON');
  handle.pragma('temp_store = MEMORY');
  handle.pragma('cache_size = -65536');
  handle.pragma('journal_size_limit = 67108864');
  handle.pragma('wal_autocheckpoint = 8000');
  handle.pragma(`mmap_size = ${MAPPED_BYTES}`);
};

const connect = async (path: string, isReader: boolean): Promise<DataSource> => {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: path,
    entities,
    migrations,
    migrationsTableName: migrationsTable,
    readonly: isReader,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
    statementCacheSize: 500,
    logging: false,
    prepareDatabase: (handle: SqliteHandle) => prepare(handle, isReader),
  });
  return patiently(() => source.initialize()).catch((error: unknown) => {
    throw storeErrorOf(error);
  });
};

/** A damaged file may still take inserts: nothing is written before it has been looked through. */
const checkFile = async (source: DataSource): Promise<void> => {
  const check = patiently(() => source.query('PRAGMA quick_check(1)'));
  const found = await check.catch((error: unknown) => [{ quick_check: String(error) }]);
  const verdict = String(found[0]?.quick_check);
  if (verdict === 'ok') return;
  throw new OperationalError('database_damaged', `The database file is damaged: ${verdict}. Restore a backup.`);
};

const refuseForeign = async (source: DataSource, path: string): Promise<void> => {
  const names: { name: string }[] = await source.query(
    `SELECT "name" FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  if (names.length === 0 || names.some(({ name }) => name === migrationsTable)) return;
  throw new OperationalError(
    'database_foreign',
    `${path} holds other tables and none of ours. Name another file, or allow it.`,
  );
};

/** Writes once, so that settings read back afterwards are those that writes have. */
const touch = async (writer: DataSource): Promise<void> => {
  const [row]: { user_version: number }[] = await writer.query('PRAGMA user_version');
  await patiently(() => writer.query(`PRAGMA user_version = ${row?.user_version ?? 0}`));
};

/** A data source as statements see it; TypeORM has one query runner for each SQLite connection. */
export const connectionOf = (source: DataSource): Connection => ({
  runner: source.createQueryRunner(),
  prepared: new Map(),
  dialect: sqliteDialect,
});

/** Opens, checks and migrates. Closes what it opened when it fails. */
export const openConnections = async (options: {
  url: string;
  migrate?: boolean;
  adopt?: boolean;
}): Promise<Connections> => {
  const path = pathOf(options.url);
  await prepareFile(path, options.adopt === true);
  const opened: DataSource[] = [];
  try {
    const writer = await connect(path, false);
    opened.push(writer);
    await checkFile(writer);
    if (options.adopt !== true) await refuseForeign(writer, path);
    await migrate(writer, options.migrate !== false);
    await touch(writer);
    const reader = await connect(path, true);
    opened.push(reader);
    return { path, writer, reader };
  } catch (error) {
    for (const source of opened) await source.destroy();
    throw error;
  }
};
