import { Inject, Injectable, Logger } from '@nestjs/common';
import { composeMessage, MailError, MailSender, type ComposedMail, type HandOverOutcome } from '@rekindle/mail';
import { Database, MessageStore, type MessageLease } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';

const MINUTE_MS = 60_000;
/** Longer than the longest hand-over: a server may think for ten minutes after the final dot. */
const LEASE_MS = 20 * MINUTE_MS;
const LANES = 5;
const MOST_ATTEMPTS = 8;

/** 1, 2, 4 … minutes, at most two hours. */
function backOffMs(attempts: number): number {
  return Math.min(120, 2 ** (attempts - 1)) * MINUTE_MS;
}

/** Hands queued mails over, each at most once: `queued → leased → handing_over → sent | rejected | uncertain`. */
@Injectable()
export class MailService {
  private readonly log = new Logger('Mail');
  private readonly store = new MessageStore();

  constructor(
    private readonly database: Database,
    private readonly sender: MailSender,
    private readonly clock: Clock,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** Sweeps up after dead holders, then hands over everything queued and due at `now`. Answers how many were tried. */
  async drain(now: number): Promise<number> {
    await this.sweep(now);
    let tried = 0;
    for (;;) {
      const leases = await this.lease(now);
      if (leases.length === 0) return tried;
      await Promise.all(leases.map((lease) => this.handOver(lease)));
      tried += leases.length;
    }
  }

  /** Reads before it writes: an idle mailer costs no commit. */
  private async lease(now: number): Promise<MessageLease[]> {
    const { hasQueued } = await this.store.pending(this.database.read, now);
    return hasQueued ? this.database.write((sql) => this.store.lease(sql, now, LANES, LEASE_MS)) : [];
  }

  private async sweep(now: number): Promise<void> {
    const { hasLapsed } = await this.store.pending(this.database.read, now);
    if (!hasLapsed) return;
    const swept = await this.database.write((sql) => this.store.sweep(sql, now));
    this.log.warn({ ...swept, code: 'mail_leases_lapsed' });
  }

  private async handOver(lease: MessageLease): Promise<void> {
    const outcome = await this.tryHandOver(lease);
    try {
      if (outcome) await this.conclude(lease, outcome);
    } catch (error) {
      // What became of the mail is known but could not be written down: in time the sweep makes it uncertain.
      this.log.error({ err: error, messageId: lease.id, outcome: outcome?.outcome, code: 'outcome_not_stored' });
    }
  }

  /** Null where not a byte left because of a failure of our own; the mail is then queued again, or rejected for good. */
  private async tryHandOver(lease: MessageLease): Promise<HandOverOutcome | null> {
    try {
      const mail = await this.compose(lease);
      return await this.sender.handOver(mail, () => this.mayLeave(lease));
    } catch (error) {
      this.log.error({ err: error, messageId: lease.id, code: 'hand_over_failed' });
      await this.putBack(lease, { error, isFinal: error instanceof MailError });
      return null;
    }
  }

  private compose(lease: MessageLease): Promise<ComposedMail> {
    return composeMessage({
      from: {
        address: this.options.mailFrom,
        ...(this.options.mailFromName ? { name: this.options.mailFromName } : {}),
      },
      to: { address: lease.toAddress },
      subject: lease.subject,
      html: lease.html,
      text: lease.text,
      headers: lease.headers,
      messageId: lease.messageIdHeader,
      date: this.clock.now(),
    });
  }

  /** Committed before the first byte leaves, together with the last check of suppression and enrolment. */
  private async mayLeave(lease: MessageLease): Promise<boolean> {
    const now = this.clock.now();
    const answer = await this.database.write((sql) =>
      this.store.markHandingOver(sql, lease, { now, until: now + LEASE_MS }),
    );
    return answer.isAllowed;
  }

  private async conclude(lease: MessageLease, outcome: HandOverOutcome): Promise<void> {
    const now = this.clock.now();
    switch (outcome.outcome) {
      case 'sent':
        await this.database.write((sql) => this.store.markSent(sql, lease, { now, isCaught: this.sender.isCaught }));
        return;
      case 'uncertain':
        await this.database.write((sql) => this.store.markUncertain(sql, lease, { reason: outcome.reason, now }));
        return;
      case 'rejected':
        await this.putBack(lease, { error: new Error(outcome.response), isFinal: outcome.isPermanent });
        return;
      case 'not-started':
        await this.putBack(lease, { error: new Error(outcome.reason), isFinal: false });
        return;
      case 'refused':
        return;
    }
  }

  private async putBack(lease: MessageLease, failure: { error: unknown; isFinal: boolean }): Promise<void> {
    const now = this.clock.now();
    const reason = failure.error instanceof Error ? failure.error.message.slice(0, 500) : 'unknown failure';
    const isFinal = failure.isFinal || lease.attempts >= MOST_ATTEMPTS;
    await this.database.write((sql) =>
      isFinal
        ? this.store.markRejected(sql, lease, { reason, now })
        : this.store.putBack(sql, lease, { reason, nextAttemptAt: now + backOffMs(lease.attempts), now }),
    );
  }
}
