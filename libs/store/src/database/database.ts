import { Mutex, withTimeout } from 'async-mutex';
import type { MutexInterface } from 'async-mutex';
import type { DataSource } from 'typeorm';
import { OperationalError } from '@rekindle/contracts';
import { Checkpointer } from './checkpointer';
import { driverErrorOf, isDamage } from './database.fault';
import type { DatabaseFault } from './database.fault';
import { healthOf } from './database.health';
import type { DatabaseHealth } from './database.health';
import { letOthersIn } from './event.loop';
import { RunnerSql } from './runner.sql';
import type { Connection } from './runner.sql';
import type { Sql } from './sql';
import { connectionOf, openConnections } from './sqlite.connections';
import { transaction } from './transaction';

/** Where the data is and what may be done to it on opening. */
export interface DatabaseOptions {
  /** `sqlite:<path>`, or just a path. The folder is created. */
  url: string;
  /** Apply pending migrations (default); otherwise pending ones are refused. */
  migrate?: boolean;
  /** Create our tables in an existing file that has none of them (an empty file, somebody else's database). */
  adopt?: boolean;
  /** Called once, at the first sign of a damaged file or disk; from then on only reads work. The host should exit. */
  onFault?: (fault: DatabaseFault) => void;
}

const LONGEST_WAIT_MS = 30_000;

/**
 * The database: one writer, through which every change goes in the order of arrival as one transaction each, and one
 * read-only connection that sees committed rows only. A resolved `write` is on disk (fsync).
 */
export class Database {
  /** Statements outside any transaction, on the read-only connection. */
  readonly read: Sql;
  private readonly gate: MutexInterface = withTimeout(
    new Mutex(),
    LONGEST_WAIT_MS,
    new OperationalError('write_queue_full', 'The database has more to write than it can.', { retryAfterMs: 1_000 }),
  );
  private readonly connection: Connection;
  private readonly checkpointer: Checkpointer;
  private damage: DatabaseFault | null = null;
  private isClosed = false;

  private constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
    path: string,
    private readonly options: DatabaseOptions,
  ) {
    this.read = new RunnerSql(connectionOf(reader), (error) => this.notice(error));
    this.connection = connectionOf(writer);
    this.checkpointer = new Checkpointer(path, (error) => this.notice(error));
  }

  /**
   * Opens or creates the database, checks the file and brings the schema up to date.
   * @throws OperationalError `database_damaged`, `database_empty`, `database_foreign`, `schema_newer`, `schema_outdated`
   */
  static async open(options: DatabaseOptions): Promise<Database> {
    const { writer, reader, path } = await openConnections(options);
    return new Database(writer, reader, path, options);
  }

  /** Set once the file or disk showed damage; writes are refused from then on. */
  get fault(): DatabaseFault | null {
    return this.damage;
  }

  /**
   * Runs `work` alone, in one transaction: committed and on disk when this resolves, undone when it rejects. Never
   * call it inside another `write`, that would wait for itself. Others have their turn of the event loop while a long
   * one is under way, and before the next one.
   * @throws OperationalError `database_read_only`, `database_closed`, `database_busy`, `disk_full`, `write_queue_full`
   */
  write<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const turn = async (): Promise<void> => {
        await this.transact(work).then(resolve, reject);
        await letOthersIn();
      };
      this.gate.runExclusive(turn).catch(reject);
    });
  }

  /** The settings that durability rests on, read back from both connections, and the state of the migrations. */
  health(): Promise<DatabaseHealth> {
    return this.gate.runExclusive(async () => healthOf(this.writer, this.reader, this.damage));
  }

  /** Empties the write-ahead log into the database file: after an erasure nothing of it is left on disk. */
  async checkpoint(): Promise<void> {
    await this.gate.runExclusive(async () => {
      await this.checkpointer.rest();
      await this.writer.query('PRAGMA wal_checkpoint(TRUNCATE)');
    });
  }

  /** Waits for writes under way, refuses new ones and closes both connections. */
  async close(): Promise<void> {
    await this.gate.runExclusive(async () => {
      if (this.isClosed) return;
      this.isClosed = true;
      await this.checkpointer.rest();
      await this.reader.destroy();
      await this.writer.destroy();
    });
  }

  private async transact<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    this.assertWritable();
    const result = await transaction(
      (givesWay) => new RunnerSql(this.connection, (error) => this.notice(error), givesWay),
      work,
    );
    this.checkpointer.noticeCommit();
    return result;
  }

  private assertWritable(): void {
    if (this.isClosed) throw new OperationalError('database_closed', 'The database has been closed.');
    if (this.damage === null) return;
    throw new OperationalError('database_read_only', `Writing stopped after damage was found: ${this.damage.message}`);
  }

  private notice(error: unknown): void {
    const { code, message } = driverErrorOf(error);
    if (this.damage !== null || !isDamage(code)) return;
    this.damage = { code, message };
    this.options.onFault?.(this.damage);
  }
}
