import { hash } from 'node:crypto';
import { MOST_IMPORT_ROWS, UserError, type ImportFinding, type ImportRowError } from '@rekindle/contracts';
import { AccountStore, EventStore, identityKey, IdentityStore, type Sql } from '@rekindle/store';
import { ingestReason } from './import.chunk';
import { judgeOutcomes, type OutcomePlan } from './outcome.writer';
import type { RowPlan } from './row.plan';

const MOST_ERRORS = 100;
const SAMPLES = 5;

const accounts = new AccountStore();
const events = new EventStore();
const identities = new IdentityStore();

type ItemsPlan = Extract<RowPlan, { fate: 'items' }>;

/** Tells texts apart in 48 bits: a million of them fit into memory, and a mistake among them is a thousandth of one. */
function fingerprint(text: string): number {
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, 12), 16);
}

function writesOf(plan: RowPlan): Record<string, unknown>[] {
  if (plan.fate === 'items') return plan.items.map(({ messageId: _, ...item }) => item);
  if (plan.fate !== 'outcome') return [];
  const { outcome, at, amount, who } = plan.outcome;
  return [{ type: 'outcome', lead: who[0]?.value ?? null, outcome, at: new Date(at).toISOString(), amount }];
}

/** Counts what a run would do, chunk by chunk, without doing it. */
export class ImportTally {
  private readonly counts = { rows: 0, importable: 0, unchanged: 0, skipped: 0, rejected: 0 };
  private readonly reasons = new Map<string, { code: string; reason: string; count: number }>();
  private readonly errors: ImportRowError[] = [];
  private readonly samples: ImportFinding['samples'] = [];
  private readonly seenItems = new Set<number>();
  private readonly newRecords = new Set<number>();
  private readonly knownRecords = new Set<number>();

  constructor(
    private readonly sql: Sql,
    private readonly workspaceId: string,
  ) {}

  get rows(): number {
    return this.counts.rows;
  }

  /** @throws UserError `too_many_rows` */
  async add(plans: readonly RowPlan[]): Promise<void> {
    this.counts.rows += plans.length;
    if (this.counts.rows > MOST_IMPORT_ROWS) {
      const message = `A file may have at most ${MOST_IMPORT_ROWS} rows. Split it.`;
      throw new UserError('too_many_rows', message, { status: 422 });
    }
    for (const plan of plans) this.note(plan);
    await this.addItems(plans.filter((plan): plan is ItemsPlan => plan.fate === 'items'));
    await this.addOutcomes(plans.filter((plan): plan is OutcomePlan => plan.fate === 'outcome'));
  }

  finding(): ImportFinding {
    return {
      ...this.counts,
      newRecords: this.newRecords.size,
      knownRecords: this.knownRecords.size,
      reasons: [...this.reasons.values()].sort((a, b) => b.count - a.count),
      errors: this.errors,
      samples: this.samples,
    };
  }

  private note(plan: RowPlan): void {
    if (plan.fate === 'skipped') this.counts.skipped += 1;
    else if (plan.fate === 'rejected') this.reject(plan);
    else if (this.samples.length < SAMPLES) this.samples.push({ line: plan.line, writes: writesOf(plan) });
  }

  private reject({ line, code, reason }: ImportRowError): void {
    this.counts.rejected += 1;
    const known = this.reasons.get(code);
    if (known) known.count += 1;
    else this.reasons.set(code, { code, reason, count: 1 });
    if (this.errors.length < MOST_ERRORS) this.errors.push({ line, code, reason });
  }

  private async addItems(plans: readonly ItemsPlan[]): Promise<void> {
    if (plans.length === 0) return;
    const ids = plans.flatMap(({ items }) => items.map(({ messageId }) => messageId));
    const stored = await events.existing(this.sql, this.workspaceId, ids);
    const known = await this.knownAmong(plans);
    for (const plan of plans) {
      this.counts.importable += 1;
      const isNew = plan.items.filter(({ messageId }) => this.isNew(messageId, stored.get(messageId)?.status));
      if (isNew.length === 0) this.counts.unchanged += 1;
      const records = known.has(plan.record) ? this.knownRecords : this.newRecords;
      records.add(fingerprint(plan.record));
    }
  }

  private isNew(messageId: string, status: string | undefined): boolean {
    const print = fingerprint(messageId);
    const isSeen = this.seenItems.has(print);
    this.seenItems.add(print);
    return !isSeen && (status === undefined || status === 'rejected');
  }

  /** The records of these plans that are stored. */
  private async knownAmong(plans: readonly ItemsPlan[]): Promise<ReadonlySet<string>> {
    const named = plans.filter(({ who }) => who.length === 0).map(({ record }) => record);
    const found = await accounts.getByGroupIds(this.sql, this.workspaceId, named);
    const owners = await identities.resolve(
      this.sql,
      this.workspaceId,
      plans.flatMap(({ who }) => who),
    );
    const people = plans.filter(({ who }) => who.some((identity) => owners.has(identityKey(identity))));
    return new Set([...found.keys(), ...people.map(({ record }) => record)]);
  }

  private async addOutcomes(plans: readonly OutcomePlan[]): Promise<void> {
    if (plans.length === 0) return;
    const planned = plans.map(({ outcome }) => outcome);
    const judged = await judgeOutcomes(this.sql, this.workspaceId, planned);
    plans.forEach(({ line, outcome }, index) => {
      const { leadId = null, verdict = null } = judged[index] ?? {};
      if (verdict === 'unknown_lead') this.reject({ line, code: verdict, reason: ingestReason(verdict) });
      else this.counts.importable += 1;
      const isSeen = this.seenItems.has(fingerprint(outcome.rowKey));
      this.seenItems.add(fingerprint(outcome.rowKey));
      if (verdict === 'unchanged' || (isSeen && verdict === null)) this.counts.unchanged += 1;
      if (leadId !== null) this.knownRecords.add(fingerprint(leadId));
    });
  }
}
