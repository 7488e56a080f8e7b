import type { DataSource } from 'typeorm';
import type { DatabaseFault } from './database.fault';
import { migrationStateOf } from './migration.lock';

/** What durability rests on, as the connections report it. */
export interface DatabaseHealth {
  /** Writes are durable, the schema is up to date and nothing is damaged. */
  isHealthy: boolean;
  /** 2 (FULL) means that a commit is on disk; by connection. */
  synchronous: { writer: number; reader: number };
  journalMode: string;
  secureDelete: boolean;
  foreignKeys: boolean;
  migrations: { applied: string[]; pending: string[] };
  fault: DatabaseFault | null;
}

const pragma = async (source: DataSource, name: string): Promise<unknown> => {
  const rows: Record<string, unknown>[] = await source.query(`PRAGMA ${name}`);
  return Object.values(rows[0] ?? {})[0];
};

/** A damaged file is not read any further. */
const damaged = (fault: DatabaseFault): DatabaseHealth => ({
  isHealthy: false,
  synchronous: { writer: 0, reader: 0 },
  journalMode: 'unknown',
  secureDelete: false,
  foreignKeys: false,
  migrations: { applied: [], pending: [] },
  fault,
});

/** Reads the settings back; of a damaged database only says that it is. */
export const healthOf = async (
  writer: DataSource,
  reader: DataSource,
  fault: DatabaseFault | null,
): Promise<DatabaseHealth> => {
  if (fault !== null) return damaged(fault);
  const synchronous = {
    writer: Number(await pragma(writer, 'synchronous')),
    reader: Number(await pragma(reader, 'synchronous')),
  };
  const { applied, pending } = await migrationStateOf(writer);
  return {
    isHealthy: synchronous.writer === 2 && pending.length === 0,
    synchronous,
    journalMode: String(await pragma(writer, 'journal_mode')),
    secureDelete: Number(await pragma(writer, 'secure_delete')) === 1,
    foreignKeys: Number(await pragma(writer, 'foreign_keys')) === 1,
    migrations: { applied, pending },
    fault,
  };
};
