import { Injectable } from '@nestjs/common';
import type { LeadDetail, LeadListQuery, leadHistorySchema, leadListSchema } from '@rekindle/contracts';
import { Database, IdentityStore, LeadListStore, SuppressionStore } from '@rekindle/store';
import type { z } from 'zod';
import { Clock } from '../clock/clock';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { AddressHasher } from '../mailing/address.hasher';
import { leadDetailOf, leadRowOf } from './lead.mapping';
import type { LeadFile } from './lead.reader';
import { engagementHistory } from './profile.past';
import { isoOf } from './score.mapping';
import { ScoreService } from './score.service';

type LeadList = z.infer<typeof leadListSchema>;
type LeadHistory = z.infer<typeof leadHistorySchema>;

/** Leads as people look at them. */
@Injectable()
export class LeadService {
  private readonly lists = new LeadListStore();
  private readonly identities = new IdentityStore();
  private readonly suppressions = new SuppressionStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly definitions: DefinitionsCache,
    private readonly scores: ScoreService,
    private readonly addresses: AddressHasher,
  ) {}

  /** One page, best first; every row scored as of the page's one instant. */
  async list(workspaceId: string, query: LeadListQuery): Promise<LeadList> {
    const { definitions } = await this.definitions.of(this.database.read, workspaceId);
    const { model } = definitions;
    const page = await this.lists.page(this.database.read, workspaceId, { ...query, now: this.clock.now(), model });
    const total = await this.lists.count(this.database.read, workspaceId, { ...query, now: page.at, model });
    return {
      at: isoOf(page.at),
      items: page.items.map((item) => leadRowOf(item, page.at, model)),
      nextCursor: page.nextCursor,
      total,
    };
  }

  /** The lead with its score now. */
  async detail(workspaceId: string, file: LeadFile): Promise<LeadDetail> {
    const identities = await this.identities.forLead(this.database.read, workspaceId, file.lead.id);
    const { email } = file.lead;
    const isSuppressed =
      email !== null &&
      (await this.suppressions.has(this.database.read, workspaceId, this.addresses.hash(workspaceId, email)));
    return leadDetailOf(file, { identities, isSuppressed, score: await this.scores.score(workspaceId, file) });
  }

  /** Score over time: as it was, and as it will be if nothing happens. */
  history(file: LeadFile, span: { days: number; forecastDays: number }): LeadHistory {
    const { model } = file.workspace.definitions;
    const now = this.clock.now();
    const points = engagementHistory(file.state.profile, now, model, span);
    return {
      now: isoOf(now),
      bands: model.document.engagement.bands,
      points: points.map((point) => ({ ...point, at: isoOf(point.at) })),
      signals: model.document.engagement.signals.map(({ key, label }) => ({ key, label })),
    };
  }
}
