import { Inject, Injectable } from '@nestjs/common';
import { EventStore, ImportEventStore, type Sql } from '@rekindle/store';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { reviewMailActs } from './act.review';
import { DefinitionsCache } from './definitions.cache';
import { broughtRows, eventRows } from './event.rows';
import { scoreGroup } from './group.scoring';
import type { GroupItem, IngestGroup } from './ingest.group';
import { absorbMerged, applyCompanyMessage, applyMessage, findAccounts, findLeads } from './lead.assembly';
import { mergeStored, storePeople } from './lead.writer';
import { dedupe } from './message.dedupe';
import { ScoreWriter, type Advanced } from './score.writer';
import { SignalEffects } from './signal.effects';

/** How events become leads, scores and work: everything from here to the commit happens in one transaction. */
@Injectable()
export class Pipeline {
  private readonly events = new EventStore();
  private readonly brought = new ImportEventStore();

  constructor(
    private readonly cache: DefinitionsCache,
    private readonly writer: ScoreWriter,
    private readonly effects: SignalEffects,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** Stores and scores items of one workspace, and sets the outcome of each. */
  async store(sql: Sql, workspaceId: string, items: readonly GroupItem[], now: number): Promise<void> {
    const group: IngestGroup = { workspaceId, now, owned: [], refused: [], companies: [] };
    const fresh = await dedupe(sql, workspaceId, items);
    const { resolution, leads } = await findLeads(sql, group, fresh, this.options.sharedEmail);
    const rows = await findAccounts(sql, group, leads);
    absorbMerged(resolution, rows, now);
    for (const owned of group.owned) applyMessage(owned, rows, now);
    for (const company of group.companies) applyCompanyMessage(company, rows, now);
    await storePeople(sql, group, rows, resolution);
    const merged = await mergeStored(sql, group, resolution);
    if (group.owned.length > 0) {
      const definitions = await this.cache.of(sql, workspaceId);
      const withdrawn = await reviewMailActs(sql, group, merged, definitions);
      const advanced = await scoreGroup(sql, group, { rows, merged, definitions });
      await this.writer.write(sql, { workspaceId, definitions, now }, advanced);
      await this.storeEvents(sql, group, advanced);
      await this.effects.apply(sql, { group, rows, advanced, definitions, withdrawn });
    } else await this.storeEvents(sql, group, []);
    settle(group);
  }

  private async storeEvents(sql: Sql, group: IngestGroup, advanced: readonly Advanced[]): Promise<void> {
    const signals = new Map(advanced.map(({ leadId, result }) => [leadId, result.signalOf]));
    const signalOf = (messageId: string, leadId: string): string | null => signals.get(leadId)?.get(messageId) ?? null;
    const rows = eventRows(group, signalOf);
    await this.events.insertMany(sql, group.workspaceId, rows);
    await this.brought.insertMany(sql, group.workspaceId, broughtRows(group, rows));
  }
}

function settle(group: IngestGroup): void {
  for (const { item, code } of group.owned) item.outcome = { status: 'accepted', code };
  for (const { item, message } of group.companies) item.outcome = { status: 'accepted', code: message.code };
  for (const { item, message } of group.refused) item.outcome = { status: 'rejected', code: message.code };
}
