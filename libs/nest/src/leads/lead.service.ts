import { Injectable } from '@nestjs/common';
import type { LeadDetail, LeadListQuery, LeadList, LeadHistory } from '@rekindle/contracts';
import { Database, IdentityStore, LeadListStore, SuppressionStore } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { DueService } from '../due/due.service';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { scoringEventsOf } from '../ingest/scored.leads';
import { AddressHasher } from '../mailing/address.hasher';
import { leadDetailOf, leadRowOf } from './lead.mapping';
import type { LeadFile } from './lead.reader';
import { engagementHistory, keptPast, toldPast, type ProfileAtMidnight } from './profile.past';
import { isoOf } from './score.mapping';
import { ScoreService } from './score.service';

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
    private readonly due: DueService,
  ) {}

  /** One page, best first; every row scored as of the page's one instant. */
  async list(workspaceId: string, query: LeadListQuery): Promise<LeadList> {
    const { definitions } = await this.definitions.of(this.database.read, workspaceId);
    const { model } = definitions;
    const now = this.clock.now();
    // Ranks that move are as stored until somebody falls due: whom the timer has not reached yet is taken first.
    if (!model.decay.hasStaticRank) await this.due.runUntil(now);
    const page = await this.lists.page(this.database.read, workspaceId, { ...query, now, model });
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
  async history(
    workspaceId: string,
    file: LeadFile,
    span: { days: number; forecastDays: number },
  ): Promise<LeadHistory> {
    const { model } = file.workspace.definitions;
    const now = this.clock.now();
    const { profile } = file.state;
    const points = engagementHistory({ profile, profileAt: await this.pastOf(workspaceId, file) }, now, model, span);
    return {
      now: isoOf(now),
      bands: model.document.engagement.bands,
      points: points.map((point) => ({ ...point, at: isoOf(point.at) })),
      signals: model.document.engagement.signals.map(({ key, label }) => ({ key, label })),
    };
  }

  private async pastOf(workspaceId: string, { lead, state, workspace }: LeadFile): Promise<ProfileAtMidnight> {
    const { model } = workspace.definitions;
    if (model.decay.hasStaticRank) return keptPast(state.profile);
    return toldPast(await scoringEventsOf(this.database.read, workspaceId, lead.id), model);
  }
}
