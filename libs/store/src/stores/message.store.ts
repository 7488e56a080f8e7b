import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import type { RawRow } from '../tables/table';
import { messageInserts, messages } from './message.row';
import type { HandOver, HandOverRefusal, MessageClaim, MessageInsert, MessageLease } from './message.row';

const held = `"workspaceId" = ? AND "id" = ? AND "fence" = ?`;

/**
 * The way of a message to the mail server. Every move is one compare-and-set statement on state and fencing token and
 * says whether it applied; only the lease holder moves a message, and one that may have left is never queued again.
 */
export class MessageStore {
  /** False, and nothing happens, if this step of the enrolment, or this alert, has its message already. */
  async insert(sql: Sql, workspaceId: string, row: MessageInsert): Promise<boolean> {
    const rows = [{ ...row, updatedAt: row.createdAt }];
    return (await insertRows(sql, messageInserts, { workspaceId, rows, onConflict: 'ignore' })) === 1;
  }

  /** planned → queued */
  async queue(sql: Sql, workspaceId: string, message: { id: string; now: number }): Promise<boolean> {
    const rows = await sql.query(
      `UPDATE "ls_messages" SET "state" = 'queued', "updatedAt" = ? ` +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" = 'planned' RETURNING 1`,
      [message.now, workspaceId, message.id],
    );
    return rows.length === 1;
  }

  /** Across workspaces, by reading alone: is there anything to lease, is there anything to sweep? */
  async pending(sql: Sql, now: number): Promise<{ hasQueued: boolean; hasLapsed: boolean }> {
    const rows = await sql.query<{ queued: number; lapsed: number }>(
      `SELECT EXISTS (SELECT 1 FROM "ls_messages" WHERE "state" = 'queued' AND "nextAttemptAt" <= ?) AS "queued", ` +
        `EXISTS (SELECT 1 FROM "ls_messages" WHERE "state" IN ('leased', 'handing_over') AND "leaseUntil" <= ?) AS "lapsed"`,
      [now, now],
    );
    return { hasQueued: Boolean(Number(rows[0]?.queued)), hasLapsed: Boolean(Number(rows[0]?.lapsed)) };
  }

  /** When mails of sequences to a person were decided, since an instant (epoch ms), oldest first; for frequency caps. */
  async sequenceMailsSince(sql: Sql, workspaceId: string, leadId: string, since: number): Promise<number[]> {
    const rows = await sql.query<{ createdAt: number }>(
      `SELECT "createdAt" FROM "ls_messages" WHERE "workspaceId" = ? AND "leadId" = ? AND "kind" = 'sequence' ` +
        `AND "createdAt" > ? AND "state" NOT IN ('skipped', 'rejected') ORDER BY "createdAt"`,
      [workspaceId, leadId, since],
    );
    return rows.map((row) => Number(row.createdAt));
  }

  /** Across workspaces: queued → leased for what is due, longest due first. */
  async lease(sql: Sql, now: number, limit: number, leaseMs: number): Promise<MessageLease[]> {
    const rows = await sql.query<RawRow>(
      `UPDATE "ls_messages" SET "state" = 'leased', "fence" = "fence" + 1, "attempts" = "attempts" + 1, ` +
        '"leaseUntil" = ?, "updatedAt" = ? WHERE ("workspaceId", "id") IN (' +
        `SELECT "workspaceId", "id" FROM "ls_messages" WHERE "state" = 'queued' AND "nextAttemptAt" <= ? ` +
        `ORDER BY "nextAttemptAt", "id" LIMIT ? ${sql.dialect.skipLocked}) RETURNING "workspaceId", ${messages.list()}`,
      [now + leaseMs, now, now, limit],
    );
    return rows
      .map((raw) => ({ ...messages.decode(raw), workspaceId: String(raw['workspaceId']) }))
      .sort((a, b) => a.nextAttemptAt - b.nextAttemptAt || (a.id < b.id ? -1 : 1));
  }

  /**
   * leased → handing_over, to be committed before the first byte leaves. In the same statement: the lease is still
   * held, the address is not suppressed, the enrolment is still active. Refused for one of the latter, the message
   * becomes skipped with that reason. `until`: when a hand-over without an answer counts as uncertain.
   */
  async markHandingOver(sql: Sql, claim: MessageClaim, times: { now: number; until: number }): Promise<HandOver> {
    const refusal =
      'CASE WHEN EXISTS (SELECT 1 FROM "ls_suppressions" AS hits WHERE hits."workspaceId" = "ls_messages"."workspaceId" ' +
      `AND hits."addressHash" = "ls_messages"."addressHash") THEN 'suppressed' ` +
      'WHEN "enrolmentId" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "ls_enrolments" AS runs ' +
      'WHERE runs."workspaceId" = "ls_messages"."workspaceId" AND runs."id" = "ls_messages"."enrolmentId" ' +
      `AND runs."state" = 'active') THEN 'enrolment_ended' END`;
    const rows = await sql.query<{ state: string; reason: HandOverRefusal | null }>(
      `UPDATE "ls_messages" SET "reason" = ${refusal}, "updatedAt" = ?, ` +
        `"state" = CASE WHEN ${refusal} IS NULL THEN 'handing_over' ELSE 'skipped' END, ` +
        `"leaseUntil" = CASE WHEN ${refusal} IS NULL THEN ? ELSE NULL END ` +
        `WHERE ${held} AND "state" = 'leased' AND "leaseUntil" > ? RETURNING "state", "reason"`,
      [times.now, times.until, claim.workspaceId, claim.id, claim.fence, times.now],
    );
    const moved = rows[0];
    if (moved === undefined) return { isAllowed: false, reason: 'lost_lease' };
    return moved.reason === null ? { isAllowed: true } : { isAllowed: false, reason: moved.reason };
  }

  /** handing_over → sent: the server said yes. A caught mail goes leased → handing_over → sent as well. */
  async markSent(sql: Sql, claim: MessageClaim, sent: { now: number; isCaught?: boolean }): Promise<boolean> {
    const rows = await sql.query(
      `UPDATE "ls_messages" SET "state" = 'sent', "reason" = NULL, "isCaught" = ?, "sentAt" = ?, "leaseUntil" = NULL, ` +
        `"updatedAt" = ? WHERE ${held} AND "state" = 'handing_over' RETURNING 1`,
      [sent.isCaught === true ? 1 : 0, sent.now, sent.now, claim.workspaceId, claim.id, claim.fence],
    );
    return rows.length === 1;
  }

  /** leased or handing_over → rejected: the server said no for good. */
  markRejected(sql: Sql, claim: MessageClaim, answer: { reason: string; now: number }): Promise<boolean> {
    return this.end(sql, claim, { ...answer, state: 'rejected', from: `('leased', 'handing_over')` });
  }

  /** handing_over → uncertain: no answer came. Nothing sends it again by itself. */
  markUncertain(sql: Sql, claim: MessageClaim, evidence: { reason: string; now: number }): Promise<boolean> {
    return this.end(sql, claim, { ...evidence, state: 'uncertain', from: `('handing_over')` });
  }

  /** leased → skipped: it must not be sent. */
  markSkipped(sql: Sql, claim: MessageClaim, cause: { reason: string; now: number }): Promise<boolean> {
    return this.end(sql, claim, { ...cause, state: 'skipped', from: `('leased')` });
  }

  /** leased, or handing_over with a definite temporary refusal by the server, → queued for another attempt. */
  async putBack(
    sql: Sql,
    claim: MessageClaim,
    attempt: { reason: string; nextAttemptAt: number; now: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      `UPDATE "ls_messages" SET "state" = 'queued', "reason" = ?, "nextAttemptAt" = ?, "leaseUntil" = NULL, ` +
        `"updatedAt" = ? WHERE ${held} AND "state" IN ('leased', 'handing_over') RETURNING 1`,
      [attempt.reason, attempt.nextAttemptAt, attempt.now, claim.workspaceId, claim.id, claim.fence],
    );
    return rows.length === 1;
  }

  /**
   * Across workspaces, what dead holders left: leased past its time → queued, handing_over past its time → uncertain.
   * A holder that comes back finds its fencing token outdated or its state gone.
   */
  async sweep(sql: Sql, now: number): Promise<{ requeued: number; uncertain: number }> {
    const requeued = await sql.query(
      `UPDATE "ls_messages" SET "state" = 'queued', "fence" = "fence" + 1, "leaseUntil" = NULL, "nextAttemptAt" = ?, ` +
        `"updatedAt" = ? WHERE "state" = 'leased' AND "leaseUntil" <= ? RETURNING 1`,
      [now, now, now],
    );
    const uncertain = await sql.query(
      `UPDATE "ls_messages" SET "state" = 'uncertain', "fence" = "fence" + 1, "leaseUntil" = NULL, ` +
        `"reason" = 'no_answer', "updatedAt" = ? WHERE "state" = 'handing_over' AND "leaseUntil" <= ? RETURNING 1`,
      [now, now],
    );
    return { requeued: requeued.length, uncertain: uncertain.length };
  }

  /** uncertain → what a person, a provider or evidence says; `queued` sends it again. */
  async resolveUncertain(
    sql: Sql,
    workspaceId: string,
    resolution: { id: string; state: 'sent' | 'rejected' | 'queued'; reason: string; now: number },
  ): Promise<boolean> {
    const { state, now } = resolution;
    const rows = await sql.query(
      'UPDATE "ls_messages" SET "state" = ?, "reason" = ?, "sentAt" = ?, "nextAttemptAt" = ?, "updatedAt" = ? ' +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" = 'uncertain' RETURNING 1`,
      [state, resolution.reason, state === 'sent' ? now : null, now, now, workspaceId, resolution.id],
    );
    return rows.length === 1;
  }

  /** planned and queued → skipped for enrolments that ended; what is leased is stopped by `markHandingOver`. */
  async skipForEnrolments(
    sql: Sql,
    workspaceId: string,
    enrolmentIds: readonly string[],
    cause: { reason: string; now: number },
  ): Promise<number> {
    if (enrolmentIds.length === 0) return 0;
    const rows = await sql.query(
      `UPDATE "ls_messages" SET "state" = 'skipped', "reason" = ?, "updatedAt" = ? WHERE "workspaceId" = ? ` +
        `AND "enrolmentId" IN ${sql.dialect.textset()} AND "state" IN ('planned', 'queued') RETURNING 1`,
      [cause.reason, cause.now, workspaceId, JSON.stringify(enrolmentIds)],
    );
    return rows.length;
  }

  /** skipped → queued for an enrolment that is taken up again: what its end kept from leaving. */
  async requeueForEnrolment(
    sql: Sql,
    workspaceId: string,
    enrolmentId: string,
    again: { endedFor: string; notBefore: number; now: number },
  ): Promise<number> {
    const rows = await sql.query(
      `UPDATE "ls_messages" SET "state" = 'queued', "reason" = NULL, "nextAttemptAt" = ?, "updatedAt" = ? ` +
        `WHERE "workspaceId" = ? AND "enrolmentId" = ? AND "state" = 'skipped' ` +
        `AND "reason" IN (?, 'enrolment_ended') RETURNING 1`,
      [again.notBefore, again.now, workspaceId, enrolmentId, again.endedFor],
    );
    return rows.length;
  }

  /** Gives every message of `from` to `into`; answers how many. */
  async moveToLead(sql: Sql, workspaceId: string, from: string, into: string): Promise<number> {
    const rows = await sql.query(
      'UPDATE "ls_messages" SET "leadId" = ? WHERE "workspaceId" = ? AND "leadId" = ? RETURNING 1',
      [into, workspaceId, from],
    );
    return rows.length;
  }

  private async end(
    sql: Sql,
    claim: MessageClaim,
    end: { state: 'rejected' | 'uncertain' | 'skipped'; reason: string; now: number; from: string },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_messages" SET "state" = ?, "reason" = ?, "leaseUntil" = NULL, "updatedAt" = ? ' +
        `WHERE ${held} AND "state" IN ${end.from} RETURNING 1`,
      [end.state, end.reason, end.now, claim.workspaceId, claim.id, claim.fence],
    );
    return rows.length === 1;
  }
}
