import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import type { IngestResponse } from '@rekindle/contracts';
import { MailSender } from '@rekindle/mail';
import type { LeadState } from '@rekindle/rules';
import { scoreAt, type Score } from '@rekindle/scoring';
import {
  AlertStore,
  Database,
  EnrolmentStore,
  EventStore,
  LeadStore,
  MessageListStore,
  ProfileStore,
  type LeadRow,
} from '@rekindle/store';
import { ManualClock } from './clock/clock';
import { LeadScoringCoreModule } from './core.module';
import { ProvisionService } from './credentials/provision.service';
import { DueModule } from './due/due.module';
import { DueService } from './due/due.service';
import type { Trust } from './ingest/canonical.message';
import { DefinitionsCache } from './ingest/definitions.cache';
import { attributesOf } from './ingest/scored.leads';
import { IngestService } from './ingest/ingest.service';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from './lead-scoring.options';
import { LinksModule } from './links/links.module';
import { MailService } from './mailing/mail.service';
import { OutboxService } from './outbox/outbox.service';
import { SequenceService } from './sequences/sequence.service';
import { SourcesModule } from './sources/sources.module';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** When stories begin, unless they say otherwise. */
export const START = Date.UTC(2025, 5, 2, 9);

let lastId = 0;

/** A track call at an instant. */
export const track = (userId: string, event: string, at: number, more: Record<string, unknown> = {}) => ({
  type: 'track',
  messageId: `m-${(lastId += 1)}`,
  userId,
  event,
  timestamp: new Date(at).toISOString(),
  ...more,
});

/** An identify call that gives a lead a name, an address and an owner. */
export const identify = (
  userId: string,
  at: number,
  traits: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
) => ({
  type: 'identify',
  messageId: `m-${(lastId += 1)}`,
  userId,
  timestamp: new Date(at).toISOString(),
  traits: { email: `${userId}@acme.example`, name: 'Ann Lee', owner: 'owner@sales.example', ...traits },
  ...more,
});

/** A workspace on a database of its own, with a clock that stands still. */
export class World {
  readonly leads = new LeadStore();
  readonly profiles = new ProfileStore();
  readonly events = new EventStore();
  readonly alerts = new AlertStore();
  readonly enrolments = new EnrolmentStore();
  readonly messages = new MessageListStore();

  private constructor(
    readonly clock: ManualClock,
    readonly module: TestingModule,
    readonly workspaceId: string,
    private readonly folder: string,
  ) {}

  static async open(sender?: MailSender, more: Partial<LeadScoringOptions> = {}): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'rekindle-'));
    const clock = new ManualClock(START);
    const options: LeadScoringOptions = {
      databaseUrl: `sqlite:${join(folder, 'test.db')}`,
      publicUrl: 'https://score.example',
      secretKey: 'a secret key of at least thirty-two characters',
      mailFrom: 'news@vendor.example',
      postalAddress: '1 High Street, Town',
      role: 'api',
      clock,
      ...more,
    };
    const core = LeadScoringCoreModule.register({ provide: LEAD_SCORING_OPTIONS, useValue: options });
    const builder = Test.createTestingModule({
      imports: [core, DueModule, LinksModule, SourcesModule],
      providers: [ProvisionService],
    });
    if (sender) builder.overrideProvider(MailSender).useValue(sender);
    const module = await builder.compile();
    module.useLogger(false);
    const workspaceId = await module.get(ProvisionService).create({ name: 'Vendor', timezone: 'UTC', isDemo: false });
    return new World(clock, module, workspaceId, folder);
  }

  get database(): Database {
    return this.module.get(Database, { strict: false });
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.module.get<T>(token, { strict: false });
  }

  send(
    items: readonly unknown[],
    more: { trust?: Trust; workspaceId?: string; sentAt?: unknown } = {},
  ): Promise<IngestResponse> {
    const { trust = 'server', workspaceId = this.workspaceId, sentAt } = more;
    return this.get(IngestService).ingest(workspaceId, items, {
      receivedAt: this.clock.now(),
      source: 'test',
      trust,
      sentAt,
    });
  }

  /** Moves the clock and lets everything happen that is due by then, mail included. */
  async passTo(instant: number): Promise<void> {
    this.clock.set(instant);
    await this.get(DueService).runUntil(instant);
    await this.get(OutboxService).drain(instant);
    await this.get(SequenceService).drain(instant);
    await this.get(MailService).drain(instant);
  }

  async lead(userId: string): Promise<LeadRow> {
    const lead = await this.leads.byUserId(this.database.read, this.workspaceId, userId);
    if (!lead) throw new Error(`no lead ${userId}`);
    return lead;
  }

  async allLeads(): Promise<LeadRow[]> {
    const rows = await this.database.read.query<{ id: string }>(
      'SELECT "id" FROM "ls_leads" WHERE "mergedInto" IS NULL ORDER BY "id"',
    );
    const leads = await this.leads.getMany(
      this.database.read,
      this.workspaceId,
      rows.map((row) => row.id),
    );
    return [...leads.values()];
  }

  async state(leadId: string): Promise<LeadState> {
    const state = (await this.profiles.getMany(this.database.read, this.workspaceId, [leadId])).get(leadId);
    if (!state) throw new Error(`no profile of ${leadId}`);
    return state;
  }

  async score(userId: string, at = this.clock.now()): Promise<Score> {
    return this.scoreOfLead((await this.lead(userId)).id, at);
  }

  async scoreOfLead(leadId: string, at = this.clock.now()): Promise<Score> {
    const lead = await this.leads.byId(this.database.read, this.workspaceId, leadId);
    const { definitions } = await this.get(DefinitionsCache).of(this.database.read, this.workspaceId);
    const { profile } = await this.state(leadId);
    return scoreAt({ profile, attributes: attributesOf(lead, null), at, model: definitions.model });
  }

  async count(table: string): Promise<number> {
    const rows = await this.database.read.query<{ count: number }>(`SELECT COUNT(*) AS "count" FROM "${table}"`);
    return Number(rows[0]?.count);
  }

  async close(): Promise<void> {
    await this.module.close();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
