import { Injectable } from '@nestjs/common';
import { importFormatSchema, importMappingSchema, type IngestResponse } from '@rekindle/contracts';
import {
  Database,
  ImportEventStore,
  ImportRejectionStore,
  ImportStore,
  type ImportCounts,
  type ImportLease,
  type ImportRejectionRow,
  type Sql,
} from '@rekindle/store';
import { Clock } from '../clock/clock';
import { ImportFiles } from '../import-files/import.files';
import type { IngestOptions } from '../ingest/canonical.message';
import { IngestService } from '../ingest/ingest.service';
import { ingestReason, plannedChunks } from './import.chunk';
import { ImportTally } from './import.tally';
import { layoutOf } from './mapping.proposal';
import { storeOutcomes, type OutcomePlan } from './outcome.writer';
import { RowPlanner, type RowPlan } from './row.plan';

/** How long a claim holds without news of its holder. */
export const LEASE_MS = 5_000;

/** What became of one row. */
type RowFate = { kind: 'imported' | 'unchanged' | 'skipped' } | { kind: 'rejected'; code: string; reason: string };
type ItemResult = IngestResponse['results'][number];
type Fates = Map<RowPlan, RowFate>;
type Position = ImportCounts & { rowsDone: number };

const nothing: Position = { rowsDone: 0, imported: 0, unchanged: 0, skipped: 0, rejected: 0 };

function settledFate(plan: RowPlan): RowFate | null {
  if (plan.fate === 'skipped') return { kind: 'skipped' };
  return plan.fate === 'rejected' ? { kind: 'rejected', code: plan.code, reason: plan.reason } : null;
}

/** A row is refused if any of its items is, imported if any of them is new. */
function fateOfItems(results: readonly ItemResult[], isOwn: (messageId: string) => boolean): RowFate {
  const refused = results.find(({ status }) => status === 'rejected');
  if (refused) return { kind: 'rejected', code: refused.code ?? 'refused', reason: ingestReason(refused.code ?? '') };
  const isNew = results.some(({ status, messageId }) => status === 'accepted' || isOwn(messageId));
  return { kind: isNew ? 'imported' : 'unchanged' };
}

function moved(from: Position, fates: Fates): Position {
  const to = { ...from, rowsDone: from.rowsDone + fates.size };
  for (const { kind } of fates.values()) to[kind] += 1;
  return to;
}

/** Works a file off: as a dry run that writes nothing, or for good, from where it was left. */
@Injectable()
export class ImportRunner {
  private readonly store = new ImportStore();
  private readonly brought = new ImportEventStore();
  private readonly rejections = new ImportRejectionStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: ImportFiles,
    private readonly ingest: IngestService,
  ) {}

  /** The dry run; ends early when told to stop or when its claim is lost. @throws UserError `open_quotes`, `too_many_rows` */
  async check(lease: ImportLease, isStopped: () => boolean): Promise<void> {
    const tally = new ImportTally(this.database.read, lease.workspaceId);
    for await (const plans of this.chunks(lease, 0)) {
      await tally.add(plans);
      const isHeld = await this.database.write((sql) => this.record(sql, lease, { ...nothing, rowsDone: tally.rows }));
      if (!isHeld || isStopped()) return;
    }
    await this.database.write(async (sql) => {
      await this.record(sql, lease, nothing);
      await this.store.finish(sql, lease, { state: 'checked', finding: tally.finding(), now: this.clock.now() });
    });
  }

  /** The import itself; ends early when told to stop or when its claim is lost. @throws UserError `open_quotes` */
  async run(lease: ImportLease, isStopped: () => boolean): Promise<void> {
    const { rowsDone, imported, unchanged, skipped, rejected } = lease;
    let position: Position = { rowsDone, imported, unchanged, skipped, rejected };
    let isFirst = true;
    for await (const plans of this.chunks(lease, rowsDone)) {
      const own = isFirst ? await this.broughtBefore(lease, plans) : new Set<string>();
      isFirst = false;
      const next = await this.take(lease, plans, { position, own });
      if (next === null || isStopped()) return;
      position = next;
    }
    const now = this.clock.now();
    if (await this.database.write((sql) => this.store.finish(sql, lease, { state: 'done', now }))) {
      await this.files.remove(lease.id);
    }
  }

  private chunks(lease: ImportLease, skip: number): AsyncGenerator<RowPlan[]> {
    const layout = layoutOf(importFormatSchema.parse(lease.format));
    const planner = new RowPlanner(lease.kind, importMappingSchema.parse(lease.mapping), this.clock.now());
    return plannedChunks(this.files.pathOf(lease.id), layout, { planner, options: this.optionsOf(lease), skip });
  }

  private optionsOf({ id }: ImportLease): IngestOptions {
    return { receivedAt: this.clock.now(), source: 'import', trust: 'server', importId: id };
  }

  /** What of a chunk was stored by this import before a crash kept it from saying so. */
  private broughtBefore({ workspaceId, id }: ImportLease, plans: readonly RowPlan[]): Promise<ReadonlySet<string>> {
    const ids = plans.flatMap((plan) => (plan.fate === 'items' ? plan.items.map(({ messageId }) => messageId) : []));
    return this.brought.messagesAmong(this.database.read, workspaceId, id, ids);
  }

  /** Stores one chunk and, with it, how far the file is worked off; null if the claim was lost. */
  private async take(
    lease: ImportLease,
    plans: readonly RowPlan[],
    from: { position: Position; own: ReadonlySet<string> },
  ): Promise<Position | null> {
    const known = await this.ingestItems(lease, plans, from.own);
    return this.database.write(async (sql) => {
      const outcomes = await this.storeOutcomes(sql, lease, plans);
      const fates: Fates = new Map();
      for (const plan of plans) {
        fates.set(plan, settledFate(plan) ?? known.get(plan) ?? outcomes.get(plan) ?? { kind: 'skipped' });
      }
      await this.rejections.insertMany(sql, lease.workspaceId, rejectedRows(lease, fates));
      const position = moved(from.position, fates);
      return (await this.record(sql, lease, position)) ? position : null;
    });
  }

  private async ingestItems(lease: ImportLease, plans: readonly RowPlan[], own: ReadonlySet<string>): Promise<Fates> {
    const fates: Fates = new Map();
    const rows = plans.flatMap((plan) => (plan.fate === 'items' ? [plan] : []));
    if (rows.length === 0) return fates;
    const items = rows.flatMap((row) => row.items);
    const { results } = await this.ingest.ingest(lease.workspaceId, items, this.optionsOf(lease));
    const left = new Set(own);
    let position = 0;
    for (const row of rows) {
      const mine = results.slice(position, position + row.items.length);
      position += row.items.length;
      fates.set(
        row,
        fateOfItems(mine, (messageId) => left.delete(messageId)),
      );
    }
    return fates;
  }

  private async storeOutcomes(sql: Sql, lease: ImportLease, plans: readonly RowPlan[]): Promise<Fates> {
    const rows = plans.filter((plan): plan is OutcomePlan => plan.fate === 'outcome');
    if (rows.length === 0) return new Map();
    const target = { workspaceId: lease.workspaceId, importId: lease.id, now: this.clock.now() };
    const verdicts = await storeOutcomes(
      sql,
      target,
      rows.map(({ outcome }) => outcome),
    );
    return new Map(
      rows.map((row, index): [RowPlan, RowFate] => {
        const verdict = verdicts[index] ?? null;
        if (verdict === 'unknown_lead')
          return [row, { kind: 'rejected', code: verdict, reason: ingestReason(verdict) }];
        return [row, { kind: verdict === 'unchanged' ? 'unchanged' : 'imported' }];
      }),
    );
  }

  private record(sql: Sql, lease: ImportLease, position: Position): Promise<boolean> {
    const now = this.clock.now();
    return this.store.progress(sql, lease, { ...position, now, leaseUntil: now + LEASE_MS });
  }
}

function rejectedRows({ id: importId }: ImportLease, fates: Fates): ImportRejectionRow[] {
  return [...fates].flatMap(([{ line, cells: record }, fate]) =>
    fate.kind === 'rejected' ? [{ importId, line, code: fate.code, reason: fate.reason, record }] : [],
  );
}
