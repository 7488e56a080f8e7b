import { Injectable } from '@nestjs/common';
import { advance, rebuild, type AdvanceResult, type Definitions } from '@rekindle/rules';
import { modelDifferences, scoringModelSchema } from '@rekindle/scoring';
import { Database, ProfileStore, type Sql } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { scoredLeads, scoringEventsOf, type ScoredLead } from '../ingest/scored.leads';

const chunk = 200;

/** Whether profiles do not hold what the new model asks for; everything else is applied when a profile is read. */
function needsEvents({ before, after }: { before: unknown; after: unknown }): boolean {
  const differences = modelDifferences(scoringModelSchema.parse(before), scoringModelSchema.parse(after));
  return differences.some((difference) => difference.needsEvents);
}

interface Step {
  sql: Sql;
  workspaceId: string;
  definitions: Definitions;
  isReplayed: boolean;
  now: number;
}

/**
 * Brings every lead to a newly published model. A change of weights, limits, bands, fit or priority needs the stored
 * profiles alone; a change of what counts as a signal replays the events of each lead. Rules switch but do not fire.
 */
@Injectable()
export class RescoreService {
  private readonly profiles = new ProfileStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly definitions: DefinitionsCache,
  ) {}

  /** Answers how many leads were re-scored. Works in small transactions, so that ingest goes on meanwhile. */
  async all(workspaceId: string, models: { before: unknown; after: unknown }): Promise<number> {
    const isReplayed = needsEvents(models);
    let after = '';
    let total = 0;
    for (;;) {
      const ids = await this.database.write((sql) => this.next(sql, workspaceId, { after, isReplayed }));
      const last = ids.at(-1);
      if (last === undefined) return total;
      total += ids.length;
      after = last;
    }
  }

  private async next(sql: Sql, workspaceId: string, from: { after: string; isReplayed: boolean }): Promise<string[]> {
    const ids = await this.profiles.leadIdsAfter(sql, workspaceId, from.after, chunk);
    if (ids.length === 0) return ids;
    const { definitions, modelVersion } = await this.definitions.of(sql, workspaceId);
    const step: Step = { sql, workspaceId, definitions, isReplayed: from.isReplayed, now: this.clock.now() };
    const rows = [];
    for (const lead of await scoredLeads(sql, workspaceId, ids)) {
      const { state, summary } = await this.rescored(step, lead);
      rows.push({ leadId: lead.leadId, state, summary, modelVersion });
    }
    await this.profiles.upsertMany(sql, workspaceId, rows, step.now);
    return ids;
  }

  private async rescored(step: Step, { leadId, state, attributes }: ScoredLead): Promise<AdvanceResult> {
    const { sql, workspaceId, definitions, now } = step;
    if (!step.isReplayed) return advance({ state, attributes, events: [], now, isSilent: true }, definitions);
    const events = await scoringEventsOf(sql, workspaceId, leadId);
    return rebuild({ events, attributes, now, previous: state, isSilent: true }, definitions);
  }
}
