import type { DataSource } from 'typeorm';
import { OperationalError } from '@rekindle/contracts';
import { sqliteDialect } from '../dialect/sqlite.dialect';
import { writeStatistics } from '../dialect/sqlite.statistics';
import { migrations } from '../migrations/migration.registry';
import { RunnerSql } from './runner.sql';
import { transaction } from './transaction';

/** The table that remembers which migrations were applied. */
export const migrationsTable = 'ls_migrations';

/** Names of migrations; `unknown` ones were applied by a newer version of the software. */
export interface MigrationState {
  applied: string[];
  pending: string[];
  unknown: string[];
}

/** Compares the database with the migrations this version knows. */
export const migrationStateOf = async (source: DataSource): Promise<MigrationState> => {
  const known = migrations.map((migration) => migration.name);
  const tables: unknown[] = await source.query(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`, [
    migrationsTable,
  ]);
  const rows: { name: string }[] =
    tables.length === 0 ? [] : await source.query(`SELECT "name" FROM "${migrationsTable}" ORDER BY "id"`);
  const applied = rows.map((row) => row.name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
};

const refuseNewer = ({ unknown }: MigrationState): void => {
  if (unknown.length === 0) return;
  throw new OperationalError(
    'schema_newer',
    `The database was written by a newer version (${unknown.join(', ')}). Start that version, or restore a backup.`,
  );
};

/**
 * Brings the schema up to date, all pending migrations in one transaction under the write lock: whoever comes second
 * waits and finds nothing to do; a crash in the middle leaves the old schema.
 * @throws OperationalError `schema_newer`, `schema_outdated`
 */
export const migrate = async (source: DataSource, mayApply: boolean): Promise<void> => {
  const before = await migrationStateOf(source);
  refuseNewer(before);
  if (before.pending.length === 0) return;
  if (!mayApply) {
    throw new OperationalError('schema_outdated', `Migrations are pending: ${before.pending.join(', ')}.`);
  }
  const connection = { runner: source.createQueryRunner(), prepared: new Map(), dialect: sqliteDialect };
  await transaction(
    () => new RunnerSql(connection, () => undefined),
    async (sql) => {
      refuseNewer(await migrationStateOf(source));
      await source.runMigrations({ transaction: 'none' });
      await writeStatistics(sql);
    },
  );
};
