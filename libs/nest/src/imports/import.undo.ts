import { Injectable } from '@nestjs/common';
import {
  AlertStore,
  ChangeStore,
  Database,
  EventStore,
  IdentityStore,
  ImportEventStore,
  LeadStore,
  OutcomeStore,
  ProfileStore,
  type EventRow,
  type ImportLease,
  type Sql,
} from '@rekindle/store';
import { Clock } from '../clock/clock';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { EvidenceWithdrawal } from '../ingest/evidence.withdrawal';
import { rebuildAccount, rebuildLead, type RebuildScene } from '../ingest/lead.rebuild';
import { EnrolmentExits } from '../sequences/enrolment.exits';
import { withdrawnSign } from '../sequences/enrolment.reopening';

const EVENTS_PER_STEP = 100;
const OUTCOMES_PER_STEP = 2_000;
const WHY = 'the import that brought it is undone';

/** Withdraws what an import brought, lead by lead, each step a transaction that leaves everything exact. */
@Injectable()
export class ImportUndo {
  private readonly events = new EventStore();
  private readonly brought = new ImportEventStore();
  private readonly leads = new LeadStore();
  private readonly identities = new IdentityStore();
  private readonly profiles = new ProfileStore();
  private readonly outcomes = new OutcomeStore();
  private readonly histories = [new AlertStore(), new ChangeStore(), new OutcomeStore()];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cache: DefinitionsCache,
    private readonly exits: EnrolmentExits,
    private readonly withdrawal: EvidenceWithdrawal,
  ) {}

  /** One step; false when nothing is left to withdraw. */
  step(lease: ImportLease): Promise<boolean> {
    return this.database.write(async (sql) => {
      const { workspaceId, id } = lease;
      if ((await this.outcomes.deleteOfImport(sql, workspaceId, id, OUTCOMES_PER_STEP)) > 0) return true;
      const ids = await this.brought.some(sql, workspaceId, id, EVENTS_PER_STEP);
      if (ids.length === 0) return false;
      await this.withdraw(sql, lease, ids);
      return true;
    });
  }

  private async withdraw(sql: Sql, lease: ImportLease, ids: readonly string[]): Promise<void> {
    const { workspaceId } = lease;
    const definitions = await this.cache.of(sql, workspaceId);
    const scene: RebuildScene = { workspaceId, definitions, now: this.clock.now() };
    const rows = [...(await this.events.getMany(sql, workspaceId, ids)).values()];
    const leadIds = new Set(rows.flatMap(({ leadId }) => (leadId === null ? [] : [leadId])));
    const accountIds = new Set<string>();
    for (const leadId of leadIds) await this.withdrawFrom(sql, { scene, lease, accountIds }, leadId);
    await this.forget(sql, lease, { ids, rows, accountIds });
    for (const accountId of accountIds) await rebuildAccount(sql, scene, accountId);
  }

  /** Every event the import brought for this lead at once, so that the lead is rebuilt once. */
  private async withdrawFrom(
    sql: Sql,
    { scene, lease, accountIds }: { scene: RebuildScene; lease: ImportLease; accountIds: Set<string> },
    leadId: string,
  ): Promise<void> {
    const { workspaceId } = scene;
    const all = await this.events.receivedForLead(sql, workspaceId, leadId);
    const ids = all.map(({ id }) => id);
    const own = await this.brought.among(sql, workspaceId, lease.id, ids);
    const rows = all.filter(({ id }) => own.has(id));
    await this.forget(sql, lease, { ids: [...own], rows, accountIds });
    const lead = await this.leads.byId(sql, workspaceId, leadId);
    if (lead === null) return;
    if (lead.accountId !== null) accountIds.add(lead.accountId);
    const left = all.filter(({ id }) => !own.has(id));
    if (left.length === 0) return this.removeLead(sql, scene, leadId);
    await rebuildLead(sql, scene, lead, left);
    const signs = rows.filter(({ signal }) => signal !== null).map((row) => withdrawnSign(row, WHY));
    if (signs.length > 0) await this.withdrawal.apply(sql, scene, leadId, signs);
  }

  private async forget(
    sql: Sql,
    { workspaceId, id }: ImportLease,
    withdrawn: { ids: readonly string[]; rows: readonly EventRow[]; accountIds: Set<string> },
  ): Promise<void> {
    for (const { accountId } of withdrawn.rows) if (accountId !== null) withdrawn.accountIds.add(accountId);
    await this.brought.deleteMany(sql, workspaceId, id, withdrawn.ids);
    await this.events.deleteMany(sql, workspaceId, withdrawn.ids);
  }

  /** Nobody but the import ever spoke of this lead. Mail that has left stays on record. */
  private async removeLead(sql: Sql, scene: RebuildScene, leadId: string): Promise<void> {
    const { workspaceId } = scene;
    await this.exits.onStop(sql, scene, [leadId], 'import_undone');
    const gone = await this.leads.delete(sql, workspaceId, leadId);
    for (const history of this.histories) await history.deleteForLeads(sql, workspaceId, gone);
    const had = await this.identities.forLead(sql, workspaceId, leadId);
    await this.identities.unlinkMany(sql, workspaceId, leadId, had);
    for (const id of gone) await this.profiles.delete(sql, workspaceId, id);
  }
}
