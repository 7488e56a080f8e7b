import { Injectable, Logger } from '@nestjs/common';
import { MailError } from '@rekindle/mail';
import {
  AccountStore,
  Database,
  EnrolmentStore,
  LeadStore,
  MessageStore,
  savepoint,
  SuppressionStore,
  type EnrolmentRow,
  type LeadRow,
  type OfWorkspace,
  type Sql,
} from '@rekindle/store';
import { AddressHasher } from '../mailing/address.hasher';
import { MessageWriter } from '../mailing/message.writer';
import { LONGEST_CAP_MS, nextAllowedAt } from './frequency.cap';
import { SequenceCatalogue } from './sequence.catalogue';
import type { SequenceDocument } from './sequence.schema';

type Enrolment = OfWorkspace<EnrolmentRow>;

const HOUR_MS = 3_600_000;
const COMPLETION_CHECK_MS = 60_000;
const PER_TRANSACTION = 50;

/** What stops a mail to an address at the moment its step is due. */
type Obstacle = { exitFor: string } | { waitUntil: number };

/** Works off the steps of enrolments: each due step becomes one frozen, queued mail, or a visible reason why not. */
@Injectable()
export class SequenceService {
  private readonly log = new Logger('Sequences');
  private readonly enrolments = new EnrolmentStore();
  private readonly leads = new LeadStore();
  private readonly accounts = new AccountStore();
  private readonly messages = new MessageStore();
  private readonly suppressions = new SuppressionStore();

  constructor(
    private readonly database: Database,
    private readonly sequences: SequenceCatalogue,
    private readonly writer: MessageWriter,
    private readonly addresses: AddressHasher,
  ) {}

  /** Takes every step due at `now` (epoch ms), longest due first. Answers how many were taken. */
  async drain(now: number): Promise<number> {
    let taken = 0;
    for (;;) {
      const due = await this.enrolments.due(this.database.read, now, PER_TRANSACTION);
      if (due.length === 0) return taken;
      await this.database.write(async (sql) => {
        for (const enrolment of due) await this.takeSafely(sql, enrolment, now);
      });
      taken += due.length;
    }
  }

  /** One enrolment's failure keeps nobody else waiting. */
  private async takeSafely(sql: Sql, enrolment: Enrolment, now: number): Promise<void> {
    try {
      await savepoint(sql, () => this.take(sql, enrolment, now));
    } catch (error) {
      const isOurs = !(error instanceof MailError);
      if (isOurs) this.log.error({ err: error, enrolmentId: enrolment.id, code: 'step_failed' });
      await this.exit(sql, enrolment, { reason: isOurs ? 'step failed' : error.message, now });
    }
  }

  private async take(sql: Sql, read: Enrolment, now: number): Promise<void> {
    const enrolment = await this.enrolments.byId(sql, read.workspaceId, read.id);
    if (enrolment?.state !== 'active' || enrolment.nextStepAt === null || enrolment.nextStepAt > now) return;
    const current: Enrolment = { ...enrolment, workspaceId: read.workspaceId };
    const sequence = await this.sequences.byKey(sql, current.workspaceId, current.sequenceKey);
    if (!sequence) return this.exit(sql, current, { reason: 'the sequence no longer exists', now });
    if (current.stepIndex >= sequence.document.steps.length) return this.complete(sql, current, now);
    return this.takeStep(sql, current, { document: sequence.document, now });
  }

  private async takeStep(
    sql: Sql,
    enrolment: Enrolment,
    { document, now }: { document: SequenceDocument; now: number },
  ): Promise<void> {
    const { workspaceId } = enrolment;
    const lead = await this.leads.byId(sql, workspaceId, enrolment.leadId);
    const template = document.steps[enrolment.stepIndex]?.template ?? '';
    if (!lead) return this.exit(sql, enrolment, { reason: 'the lead no longer exists', now });
    const toAddress = lead.email ?? '';
    const obstacle = await this.obstacleTo(sql, workspaceId, lead, now);
    if (obstacle && 'waitUntil' in obstacle) return this.postpone(sql, enrolment, obstacle.waitUntil);
    if (obstacle) {
      await this.writer.planUnsendable(sql, { workspaceId, now }, { enrolment, lead, template, toAddress });
      return this.exit(sql, enrolment, { reason: obstacle.exitFor, now });
    }
    const account = lead.accountId === null ? null : await this.accounts.byId(sql, workspaceId, lead.accountId);
    const step = { enrolment, lead, account, template, toAddress, buttonUrl: document.buttonUrl };
    await this.writer.queueStep(sql, { workspaceId, now }, step);
    await this.moveOn(sql, enrolment, { document, now });
  }

  private async obstacleTo(sql: Sql, workspaceId: string, lead: LeadRow, now: number): Promise<Obstacle | null> {
    if (lead.email === null) return { exitFor: 'no address' };
    if (await this.suppressions.has(sql, workspaceId, this.addresses.hash(workspaceId, lead.email))) {
      return { exitFor: 'suppressed' };
    }
    const recent = await this.messages.sequenceMailsSince(sql, workspaceId, lead.id, now - LONGEST_CAP_MS);
    const allowedAt = nextAllowedAt(recent, now);
    return allowedAt > now ? { waitUntil: allowedAt } : null;
  }

  private async moveOn(
    sql: Sql,
    enrolment: Enrolment,
    { document, now }: { document: SequenceDocument; now: number },
  ): Promise<void> {
    const to = enrolment.stepIndex + 1;
    const next = document.steps[to];
    const nextStepAt = now + (next ? next.afterHours * HOUR_MS : COMPLETION_CHECK_MS);
    await this.enrolments.advanceStep(sql, enrolment.workspaceId, {
      id: enrolment.id,
      from: enrolment.stepIndex,
      to,
      nextStepAt,
    });
  }

  private async postpone(sql: Sql, enrolment: Enrolment, nextStepAt: number): Promise<void> {
    const { workspaceId, id, stepIndex } = enrolment;
    await this.enrolments.advanceStep(sql, workspaceId, { id, from: stepIndex, to: stepIndex, nextStepAt });
  }

  /** Not before its last mail has left: a mail leaves only as long as its enrolment is active. */
  private async complete(sql: Sql, enrolment: Enrolment, now: number): Promise<void> {
    const isComplete = await this.enrolments.complete(sql, enrolment.workspaceId, { id: enrolment.id, now });
    if (!isComplete) await this.postpone(sql, enrolment, now + COMPLETION_CHECK_MS);
  }

  private async exit(sql: Sql, enrolment: Enrolment, end: { reason: string; now: number }): Promise<void> {
    const ended = await this.enrolments.exitMany(sql, enrolment.workspaceId, [enrolment.id], end);
    await this.messages.skipForEnrolments(sql, enrolment.workspaceId, ended, end);
  }
}
