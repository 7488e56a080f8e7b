import { Injectable, Logger } from '@nestjs/common';
import { OperationalError, UserError } from '@rekindle/contracts';
import { Database, ImportStore, type ImportLease, type ImportState } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { ImportFiles } from '../import-files/import.files';
import { ImportRunner, LEASE_MS } from './import.runner';
import { ImportUndo } from './import.undo';

/** Works imports off, one at a time: one process suffices, and two do no harm. */
@Injectable()
export class ImportWorker {
  private readonly log = new Logger('Imports');
  private readonly store = new ImportStore();
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: ImportFiles,
    private readonly runner: ImportRunner,
    private readonly undo: ImportUndo,
  ) {}

  /** Takes every import that waits, until there is none or `stop` is called. */
  async drain(): Promise<void> {
    while (!this.isStopping) {
      const lease = await this.database.write((sql) => this.store.claim(sql, this.clock.now(), LEASE_MS));
      if (lease === null) return;
      await this.work(lease);
    }
  }

  /** Ends what is under way after its present step; it goes on from there at the next start. */
  stop(): void {
    this.isStopping = true;
  }

  private async work(lease: ImportLease): Promise<void> {
    const isStopped = (): boolean => this.isStopping;
    try {
      if (lease.state === 'checking') await this.runner.check(lease, isStopped);
      else if (lease.state === 'running') await this.runner.run(lease, isStopped);
      else await this.withdraw(lease);
    } catch (error) {
      if (error instanceof OperationalError) {
        await this.database.write((sql) => this.store.release(sql, lease));
        throw error;
      }
      await this.fail(lease, error);
    }
    if (this.isStopping) await this.database.write((sql) => this.store.release(sql, lease));
  }

  private async withdraw(lease: ImportLease): Promise<void> {
    while (await this.undo.step(lease)) {
      const now = this.clock.now();
      const position = { ...lease, now, leaseUntil: now + LEASE_MS };
      if (!(await this.database.write((sql) => this.store.progress(sql, lease, position))) || this.isStopping) return;
    }
    const now = this.clock.now();
    await this.database.write((sql) => this.store.finish(sql, lease, { state: 'undone', now }));
    await this.files.remove(lease.id);
  }

  /** A dry run that fails can be mapped anew; an import that fails keeps what it brought, to be gone on with or undone. */
  private async fail(lease: ImportLease, error: unknown): Promise<void> {
    const isTheirs = error instanceof UserError;
    if (!isTheirs) this.log.error({ err: error, importId: lease.id, code: 'import_failed' });
    const state: ImportState = lease.state === 'checking' ? 'ready' : 'failed';
    const message = isTheirs ? error.message : 'Something went wrong on our side. Trying again may help.';
    await this.database.write((sql) => this.store.finish(sql, lease, { state, error: message, now: this.clock.now() }));
  }
}
