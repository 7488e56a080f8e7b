import { Injectable } from '@nestjs/common';
import type { Readiness } from '@rekindle/contracts';
import { Database, SessionStore, type DatabaseHealth } from '@rekindle/store';
import { Clock } from '../clock/clock';

type Check = Readiness['checks'][number];

const check = (name: string, isOk: boolean, detail: string | null = null): Check => ({
  name,
  isOk,
  detail: isOk ? null : detail,
});

function checksOf(health: DatabaseHealth): Check[] {
  const { synchronous, journalMode, secureDelete, foreignKeys, migrations, fault } = health;
  return [
    check('migrations', migrations.pending.length === 0, `pending: ${migrations.pending.join(', ')}`),
    check('synchronous', synchronous.writer === 2, `is ${synchronous.writer}, must be 2 (FULL)`),
    check('journal', journalMode === 'wal', `is ${journalMode}, must be wal`),
    check('secure-delete', secureDelete, 'is off'),
    check('foreign-keys', foreignKeys, 'is off'),
    check('damage', fault === null, fault?.code ?? null),
  ];
}

/** May this process be sent work? Not while it starts or stops, nor when durability does not hold. */
@Injectable()
export class ReadinessService {
  private readonly sessions = new SessionStore();
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** From now on the answer is "not ready": a balancer stops sending work while the rest is finished. */
  stop(): void {
    this.isStopping = true;
  }

  /** Makes a real write first, because the settings of a connection show only after one. */
  async check(): Promise<Readiness> {
    if (this.isStopping) return { status: 'not-ready', checks: [check('running', false, 'the server is stopping')] };
    const checks = await this.databaseChecks();
    return { status: checks.every(({ isOk }) => isOk) ? 'ready' : 'not-ready', checks };
  }

  private async databaseChecks(): Promise<Check[]> {
    try {
      await this.database.write((sql) => this.sessions.deleteExpired(sql, this.clock.now()));
      return [check('writable', true), ...checksOf(await this.database.health())];
    } catch (error) {
      return [check('writable', false, error instanceof Error ? error.message : 'unknown failure')];
    }
  }
}
