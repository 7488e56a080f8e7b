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
  async exitMany(
    sql: Sql,
    workspaceId: string,
    ids: readonly string[],
    exit: { reason: string; now: number },
  ): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await sql.query<{ id: string }>(
      `UPDATE "ls_enrolments" SET "state" = 'exited', "reason" = ?, "nextStepAt" = NULL, "endedAt" = ? ` +
        `WHERE "workspaceId" = ? AND "id" IN ${sql.dialect.textset()} AND "state" = 'active' RETURNING "id"`,
      [exit.reason, exit.now, workspaceId, JSON.stringify(ids)],
    );
    return rows.map((row) => row.id);
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
