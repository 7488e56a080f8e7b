import { Injectable } from '@nestjs/common';
import { advance } from '@rekindle/rules';
import { Database, ProfileStore, type DueLead, type Sql } from '@rekindle/store';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { ScoreWriter, type Advanced } from '../ingest/score.writer';
import { scoredLeads } from '../ingest/scored.leads';

const PER_TRANSACTION = 200;

/** Time passing as an event: brings leads at which something changes by itself to the present. */
@Injectable()
export class DueService {
  private readonly profiles = new ProfileStore();

  constructor(
    private readonly database: Database,
    private readonly cache: DefinitionsCache,
    private readonly writer: ScoreWriter,
  ) {}

  /**
   * Takes every lead due at `now` (epoch ms), longest due first, however late. Reads due leads alone. Answers how
   * many were taken.
   */
  async runUntil(now: number): Promise<number> {
    let taken = 0;
    for (;;) {
      const due = await this.profiles.due(this.database.read, now, PER_TRANSACTION);
      if (due.length === 0) return taken;
      await this.database.write((sql) => this.take(sql, due, now));
      taken += due.length;
    }
  }

  private async take(sql: Sql, due: readonly DueLead[], now: number): Promise<void> {
    const byWorkspace = new Map<string, string[]>();
    for (const { workspaceId, leadId } of due) {
      byWorkspace.set(workspaceId, [...(byWorkspace.get(workspaceId) ?? []), leadId]);
    }
    for (const [workspaceId, leadIds] of byWorkspace) await this.advanceAll(sql, { workspaceId, now }, leadIds);
  }

  private async advanceAll(
    sql: Sql,
    { workspaceId, now }: { workspaceId: string; now: number },
    leadIds: readonly string[],
  ): Promise<void> {
    const definitions = await this.cache.of(sql, workspaceId);
    const leads = await scoredLeads(sql, workspaceId, leadIds);
    const advanced: Advanced[] = leads.map(({ leadId, state, attributes }) => ({
      leadId,
      result: advance({ state, attributes, events: [], now }, definitions.definitions),
    }));
    await this.writer.write(sql, { workspaceId, definitions, now }, advanced);
  }
}
