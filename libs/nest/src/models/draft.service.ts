import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ModelDiff, DraftEffect } from '@rekindle/contracts';
import {
  compileModel,
  DraftComparison,
  emptyProfile,
  modelDifferences,
  profileWith,
  scoringModelSchema,
  type CompiledModel,
  type DraftLead,
} from '@rekindle/scoring';
import { Database, LeadStore, ProfileStore, type ModelRow } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { scoredLeads, scoringEventsOf } from '../ingest/scored.leads';
import { ModelService } from './model.service';

const CHUNK = 200;
/** For more leads than these nobody waits until their events are replayed. */
const MOST_REPLAYED_LEADS = 5_000;

interface Versions {
  published: ModelRow;
  draft: ModelRow;
}

/** What publishing a draft would change; reads alone, and without a draft nothing differs. */
@Injectable()
export class DraftService {
  private readonly profiles = new ProfileStore();
  private readonly leads = new LeadStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly models: ModelService,
  ) {}

  /** In words, in the order of the document. Throws 404. */
  async diff(workspaceId: string, key: string): Promise<ModelDiff> {
    const { published, draft } = await this.versions(workspaceId, key);
    const before = scoringModelSchema.parse(published.document);
    const items = modelDifferences(before, scoringModelSchema.parse(draft.document));
    return {
      publishedVersion: published.version,
      draftVersion: draft.version,
      needsEvents: items.some((item) => item.needsEvents),
      items,
    };
  }

  /** Who would move, as of now. Throws 404. */
  async effect(workspaceId: string, key: string): Promise<DraftEffect> {
    const { published, draft } = await this.versions(workspaceId, key);
    const model = compileModel(draft.document, draft.version);
    const at = this.clock.now();
    const comparison = new DraftComparison({
      published: compileModel(published.document, published.version),
      draft: model,
      at,
    });
    let replayable = comparison.needsEvents ? MOST_REPLAYED_LEADS : 0;
    for (let after = ''; ;) {
      const ids = await this.profiles.leadIdsAfter(this.database.read, workspaceId, after, CHUNK);
      const last = ids.at(-1);
      if (last === undefined) break;
      for (const lead of await this.leadsOf(workspaceId, ids, replayable > 0 ? model : null)) comparison.take(lead);
      replayable -= ids.length;
      after = last;
      await nextTurn();
    }
    const { samples, ...effect } = comparison.result();
    const named = await this.leads.getMany(
      this.database.read,
      workspaceId,
      samples.map(({ leadId }) => leadId),
    );
    return {
      ...effect,
      at: new Date(at).toISOString(),
      publishedVersion: published.version,
      draftVersion: draft.version,
      samples: samples.map((sample) => ({ ...sample, name: named.get(sample.leadId)?.name ?? null })),
    };
  }

  private async versions(workspaceId: string, key: string): Promise<Versions> {
    const published = await this.models.published(workspaceId, key);
    return { published, draft: await this.models.draft(workspaceId, key) };
  }

  /** With a draft's model: with the profiles that their events give under it. */
  private async leadsOf(
    workspaceId: string,
    ids: readonly string[],
    draft: CompiledModel | null,
  ): Promise<DraftLead[]> {
    const sql = this.database.read;
    const found: DraftLead[] = [];
    for (const { leadId, state, attributes } of await scoredLeads(sql, workspaceId, ids)) {
      const lead = { leadId, profile: state.profile, attributes };
      if (draft === null) found.push(lead);
      else {
        const events = await scoringEventsOf(sql, workspaceId, leadId);
        found.push({ ...lead, draftProfile: profileWith(emptyProfile(), events, draft) });
      }
    }
    return found;
  }
}
