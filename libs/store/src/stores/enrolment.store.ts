import type { Sql } from '../database/sql';
import { insertRows } from '../tables/row.writer';
import { selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import type { RawRow } from '../tables/table';
import type { OfWorkspace } from './credential.store';

/** `completed`: all steps done; `exited`: ended early, with a reason. */
export type EnrolmentState = 'active' | 'completed' | 'exited';

/** A lead on its way through a sequence. A lead is in one sequence at most once at a time. Instants are epoch ms. */
export interface EnrolmentRow {
  id: string;
  sequenceKey: string;
  sequenceVersion: number;
  leadId: string;
  firingId: string | null;
  state: EnrolmentState;
  reason: string | null;
  /** The step that is next, from 0. */
  stepIndex: number;
  nextStepAt: number | null;
  startedAt: number;
  endedAt: number | null;
  /** The message id of the event that alone ended it: it is taken up again should that be withdrawn. */
  endedBy: string | null;
  /** Of one that ended: when its next step was due. */
  resumeAt: number | null;
}

/** Why enrolments end. `by`: the message id of the event without which they would not. */
export interface EnrolmentExit {
  reason: string;
  now: number;
  by?: string | undefined;
}

const enrolments = defineTable<EnrolmentRow>('ls_enrolments', {
  id: 'text',
  sequenceKey: 'text',
  sequenceVersion: 'integer',
  leadId: 'text',
  firingId: 'text',
  state: 'text',
  reason: 'text',
  stepIndex: 'integer',
  nextStepAt: 'integer',
  startedAt: 'integer',
  endedAt: 'integer',
  endedBy: 'text',
  resumeAt: 'integer',
});

/** Leads in sequences. */
export class EnrolmentStore {
  /** False, and nothing happens, if the lead is in this sequence already or the firing has its enrolment. */
  async insert(sql: Sql, workspaceId: string, row: EnrolmentRow): Promise<boolean> {
    return (await insertRows(sql, enrolments, { workspaceId, rows: [row], onConflict: 'ignore' })) === 1;
  }

  byId(sql: Sql, workspaceId: string, id: string): Promise<EnrolmentRow | null> {
    return selectRow(sql, enrolments, { workspaceId, where: '"id" = ?', parameters: [id] });
  }

  /** The active enrolments of these leads, by lead id; leads without one are absent. */
  async activeForLeads(
    sql: Sql,
    workspaceId: string,
    leadIds: readonly string[],
  ): Promise<Map<string, EnrolmentRow[]>> {
    const byLead = new Map<string, EnrolmentRow[]>();
    if (leadIds.length === 0) return byLead;
    const rows = await selectRows(sql, enrolments, {
      workspaceId,
      where: `"leadId" IN ${sql.dialect.textset()} AND "state" = 'active'`,
      parameters: [JSON.stringify(leadIds)],
      tail: 'ORDER BY "id"',
    });
    for (const row of rows) byLead.set(row.leadId, [...(byLead.get(row.leadId) ?? []), row]);
    return byLead;
  }

  /** Newest first. */
  forLead(sql: Sql, workspaceId: string, leadId: string): Promise<EnrolmentRow[]> {
    return selectRows(sql, enrolments, {
      workspaceId,
      where: '"leadId" = ?',
      parameters: [leadId],
      tail: 'ORDER BY "startedAt" DESC, "id" DESC',
    });
  }

  /** Across workspaces: active enrolments whose next step is due at `now`, longest due first. Reads only due rows. */
  async due(sql: Sql, now: number, limit: number): Promise<OfWorkspace<EnrolmentRow>[]> {
    const rows = await sql.query<RawRow>(
      `SELECT "workspaceId", ${enrolments.list()} FROM "ls_enrolments" WHERE "nextStepAt" <= ? ` +
        'ORDER BY "nextStepAt", "id" LIMIT ?',
      [now, limit],
    );
    return rows.map((raw) => ({ ...enrolments.decode(raw), workspaceId: String(raw['workspaceId']) }));
  }

  /** Moves on from the step `from`; false if the enrolment ended or somebody else moved it on. */
  async advanceStep(
    sql: Sql,
    workspaceId: string,
    step: { id: string; from: number; to: number; nextStepAt: number | null },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_enrolments" SET "stepIndex" = ?, "nextStepAt" = ? ' +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" = 'active' AND "stepIndex" = ? RETURNING 1`,
      [step.to, step.nextStepAt, workspaceId, step.id, step.from],
    );
    return rows.length === 1;
  }

  /**
   * Ends an enrolment whose steps are all done. False while one of its messages is still on its way, because a message
   * leaves only as long as its enrolment is active.
   */
  async complete(sql: Sql, workspaceId: string, end: { id: string; now: number }): Promise<boolean> {
    const rows = await sql.query(
      `UPDATE "ls_enrolments" SET "state" = 'completed', "nextStepAt" = NULL, "endedAt" = ? ` +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" = 'active' AND NOT EXISTS (` +
        'SELECT 1 FROM "ls_messages" AS messages WHERE messages."workspaceId" = "ls_enrolments"."workspaceId" ' +
        'AND messages."enrolmentId" = "ls_enrolments"."id" ' +
        `AND messages."state" IN ('planned', 'queued', 'leased', 'handing_over')) RETURNING 1`,
      [end.now, workspaceId, end.id],
    );
    return rows.length === 1;
  }

  /** Ends those of these enrolments that are still active; answers their ids. */
  async exitMany(sql: Sql, workspaceId: string, ids: readonly string[], exit: EnrolmentExit): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await sql.query<{ id: string }>(
      `UPDATE "ls_enrolments" SET "state" = 'exited', "reason" = ?, "resumeAt" = "nextStepAt", "nextStepAt" = NULL, ` +
        `"endedAt" = ?, "endedBy" = ? ` +
        `WHERE "workspaceId" = ? AND "id" IN ${sql.dialect.textset()} AND "state" = 'active' RETURNING "id"`,
      [exit.reason, exit.now, exit.by ?? null, workspaceId, JSON.stringify(ids)],
    );
    return rows.map((row) => row.id);
  }

  /** The enrolments of a lead that one of these events alone ended, the oldest first. */
  endedByAny(sql: Sql, workspaceId: string, leadId: string, messageIds: readonly string[]): Promise<EnrolmentRow[]> {
    return selectRows(sql, enrolments, {
      workspaceId,
      where: `"leadId" = ? AND "state" = 'exited' AND "endedBy" IN ${sql.dialect.textset()}`,
      parameters: [leadId, JSON.stringify(messageIds)],
      tail: 'ORDER BY "startedAt", "id"',
    });
  }

  /** What an event ended stays ended now, whatever becomes of that event. */
  async settleEnds(sql: Sql, workspaceId: string, leadIds: readonly string[]): Promise<number> {
    const rows = await sql.query(
      `UPDATE "ls_enrolments" SET "endedBy" = NULL WHERE "workspaceId" = ? ` +
        `AND "leadId" IN ${sql.dialect.textset()} AND "state" = 'exited' AND "endedBy" IS NOT NULL RETURNING 1`,
      [workspaceId, JSON.stringify(leadIds)],
    );
    return rows.length;
  }

  /** Says that something else ended an enrolment than was thought; false unless an event alone ended it. */
  async explainEnd(
    sql: Sql,
    workspaceId: string,
    end: { id: string; reason: string; by: string; at: number },
  ): Promise<boolean> {
    const rows = await sql.query(
      'UPDATE "ls_enrolments" SET "reason" = ?, "endedBy" = ?, "endedAt" = ? ' +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" = 'exited' AND "endedBy" IS NOT NULL RETURNING 1`,
      [end.reason, end.by, end.at, workspaceId, end.id],
    );
    return rows.length === 1;
  }

  /**
   * Takes an enrolment up again where it stood, its next step due when it was. False unless an event alone ended it,
   * and once the lead has begun the sequence anew: it must not get a step twice.
   */
  async reopen(sql: Sql, workspaceId: string, id: string, now: number): Promise<boolean> {
    const rows = await sql.query(
      `UPDATE "ls_enrolments" SET "state" = 'active', "reason" = NULL, "nextStepAt" = COALESCE("resumeAt", ?), ` +
        `"endedAt" = NULL, "endedBy" = NULL, "resumeAt" = NULL ` +
        `WHERE "workspaceId" = ? AND "id" = ? AND "state" = 'exited' AND "endedBy" IS NOT NULL AND NOT EXISTS (` +
        'SELECT 1 FROM "ls_enrolments" AS others WHERE others."workspaceId" = "ls_enrolments"."workspaceId" ' +
        'AND others."leadId" = "ls_enrolments"."leadId" AND others."sequenceKey" = "ls_enrolments"."sequenceKey" ' +
        'AND others."id" <> "ls_enrolments"."id" ' +
        `AND (others."state" = 'active' OR others."startedAt" >= "ls_enrolments"."startedAt")) RETURNING 1`,
      [now, workspaceId, id],
    );
    return rows.length === 1;
  }

  /**
   * After a merge: gives the enrolments of `from` to `into`. Where both are in the same sequence, those of `from`
   * exit first with the reason `merged`.
   */
  async moveToLead(sql: Sql, workspaceId: string, merge: { from: string; into: string; now: number }): Promise<void> {
    await sql.query(
      `UPDATE "ls_enrolments" SET "state" = 'exited', "reason" = 'merged', "nextStepAt" = NULL, "endedAt" = ? ` +
        `WHERE "workspaceId" = ? AND "leadId" = ? AND "state" = 'active' AND "sequenceKey" IN (` +
        `SELECT "sequenceKey" FROM "ls_enrolments" WHERE "workspaceId" = ? AND "leadId" = ? AND "state" = 'active')`,
      [merge.now, workspaceId, merge.from, workspaceId, merge.into],
    );
    await sql.query('UPDATE "ls_enrolments" SET "leadId" = ? WHERE "workspaceId" = ? AND "leadId" = ?', [
      merge.into,
      workspaceId,
      merge.from,
    ]);
  }
}
