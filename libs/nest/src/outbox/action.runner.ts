import { Inject, Injectable } from '@nestjs/common';
import { BugError } from '@rekindle/contracts';
import { actions, type ActionContext, type AlertDraft, type Firing } from '@rekindle/plugins';
import type { LeadState } from '@rekindle/rules';
import { scoreAt, type Score, type SpikeCause } from '@rekindle/scoring';
import {
  AccountStore,
  AlertStore,
  LeadStore,
  newId,
  ProfileStore,
  type AccountRow,
  type AlertRow,
  type LeadRow,
  type OutboxLease,
  type Sql,
} from '@rekindle/store';
import { DefinitionsCache, type WorkspaceDefinitions } from '../ingest/definitions.cache';
import { attributesOf } from '../ingest/scored.leads';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { MessageWriter } from '../mailing/message.writer';
import { EnrolmentService } from '../sequences/enrolment.service';

/** What the pipeline wrote down for an action of a rule. */
interface ActionPayload {
  firingId: string;
  leadId: string;
  ruleKey: string;
  ruleName: string;
  at: number;
  score: number;
  causes: SpikeCause[];
  settings: unknown;
}

/** A firing with everything about its lead, read in the transaction that acts. */
interface Scene {
  sql: Sql;
  workspaceId: string;
  now: number;
  payload: ActionPayload;
  lead: LeadRow;
  account: AccountRow | null;
  state: LeadState | null;
  score: Score | null;
  definitions: WorkspaceDefinitions;
}

/** Runs the actions that firings ask for. All they do is written in the caller's transaction. */
@Injectable()
export class ActionRunner {
  private readonly leads = new LeadStore();
  private readonly accounts = new AccountStore();
  private readonly profiles = new ProfileStore();
  private readonly alerts = new AlertStore();

  constructor(
    private readonly cache: DefinitionsCache,
    private readonly messages: MessageWriter,
    private readonly enrolments: EnrolmentService,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** @throws BugError `unknown_action`; ZodError where a rule's settings do not fit its action */
  async run(sql: Sql, row: OutboxLease, now: number): Promise<void> {
    const action = actions.find(({ key }) => row.kind === `action:${key}`);
    if (!action) throw new BugError('unknown_action', `There is no action for ${row.kind}.`);
    const scene = await this.sceneOf(sql, row, now);
    if (!scene) return;
    const context: ActionContext = {
      raiseAlert: (draft) => this.raiseAlert(scene, draft),
      startSequence: (key) => this.startSequence(scene, key),
    };
    await action.run(context, firingOf(scene), scene.payload.settings);
  }

  /** Null once the lead is gone. A lead that has become part of another one acts as that one. */
  private async sceneOf(sql: Sql, row: OutboxLease, now: number): Promise<Scene | null> {
    const { workspaceId } = row;
    const payload = row.payload as unknown as ActionPayload;
    const found = await this.leads.byId(sql, workspaceId, payload.leadId);
    const lead = found?.mergedInto ? await this.leads.byId(sql, workspaceId, found.mergedInto) : found;
    if (!lead) return null;
    const account = lead.accountId === null ? null : await this.accounts.byId(sql, workspaceId, lead.accountId);
    const definitions = await this.cache.of(sql, workspaceId);
    const state = (await this.profiles.getMany(sql, workspaceId, [lead.id])).get(lead.id) ?? null;
    const { model } = definitions.definitions;
    const attributes = attributesOf(lead, account);
    const score =
      state &&
      scoreAt({ profile: state.profile, attributes, at: Math.max(payload.at, state.profile.lastAt ?? 0), model });
    return { sql, workspaceId, now, payload, lead, account, state, score, definitions };
  }

  private async raiseAlert(scene: Scene, draft: AlertDraft): Promise<void> {
    const { sql, workspaceId, now, payload, lead } = scene;
    const alert: AlertRow = {
      id: newId(now),
      leadId: lead.id,
      firingId: payload.firingId,
      ruleKey: payload.ruleKey,
      owner: lead.owner,
      title: draft.title,
      sentence: draft.sentence,
      causes: payload.causes,
      nextStep: scene.score?.priority.nextStep ?? '',
      score: payload.score,
      state: 'unread',
      at: payload.at,
      createdAt: now,
      doneAt: null,
    };
    const isNew = (await this.alerts.insertMany(sql, workspaceId, [alert])) === 1;
    const toAddress = lead.owner ?? this.options.alertQueueAddress;
    if (!isNew || !draft.isMailed || !toAddress) return;
    const bands = scene.definitions.definitions.model.document.engagement.bands;
    const bandLabel = bands.find((band) => band.key === scene.score?.engagement.band)?.label ?? null;
    await this.messages.queueAlert(
      sql,
      { workspaceId, now },
      { alert, lead, account: scene.account, toAddress, bandLabel },
    );
  }

  private async startSequence(scene: Scene, sequenceKey: string): Promise<void> {
    const { sql, workspaceId, now, payload, lead, state } = scene;
    const { model } = scene.definitions.definitions;
    const firing = { firingId: payload.firingId, firedAt: payload.at };
    const isKnown = await this.enrolments.enrol(sql, {
      workspaceId,
      now,
      leadId: lead.id,
      ...firing,
      sequenceKey,
      state,
      attributes: attributesOf(lead, scene.account),
      model,
    });
    if (!isKnown) throw new BugError('unknown_sequence', `There is no sequence "${sequenceKey}".`);
  }
}

function firingOf({ payload, lead, account, score }: Scene): Firing {
  const { firingId, ruleKey, ruleName, at, causes } = payload;
  return {
    id: firingId,
    ruleKey,
    ruleName,
    at,
    score: payload.score,
    causes,
    lead: { id: lead.id, name: lead.name, email: lead.email, owner: lead.owner, accountName: account?.name ?? null },
    nextStep: score?.priority.nextStep ?? '',
  };
}
