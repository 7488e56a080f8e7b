import { BugError } from '@rekindle/contracts';
import { decodeLeadState, encodeLeadState, type LeadState, type StateSummary } from '@rekindle/rules';
import type { Sql, SqlParameter } from '../database/sql';

/** A lead's scoring state and what lists and timers need of it. */
export interface ProfileWrite {
  leadId: string;
  state: LeadState;
  summary: StateSummary;
  modelVersion: number;
  /** The tier on disk where the lead is known to have a profile; undefined: it may have none yet. */
  storedTier?: string | null | undefined;
}

/** A lead at which something can change without an event. */
export interface DueLead {
  workspaceId: string;
  leadId: string;
  nextDueAt: number;
}

const isFit = (score: number): boolean => Number.isInteger(score) && score >= 0 && score <= 100;

/** Of every write, in the order of `written`. Unknown grades are the empty text: an index range over the grade must see them. */
const valuesOf = ({ state, summary, modelVersion }: ProfileWrite, now: number): SqlParameter[] => {
  if (!isFit(summary.fitScore)) throw new BugError('fit_out_of_range', `A fit of ${summary.fitScore} has no place.`);
  const { engagementRank, engagementSlope, fitScore, fitGrade, lastActivityAt, nextDueAt } = summary;
  const facts = [engagementRank, engagementSlope, fitScore, fitGrade ?? '', lastActivityAt, nextDueAt];
  return [encodeLeadState(state), ...facts, modelVersion, now];
};

const written = [
  'state',
  'engagementRank',
  'engagementSlope',
  'fitScore',
  'fitGrade',
  'lastActivityAt',
  'nextDueAt',
  'modelVersion',
  'updatedAt',
];
const names = [...written, 'usageTier', 'workspaceId', 'leadId'];
const upsert =
  `INSERT INTO "ls_profiles" (${names.map((name) => `"${name}"`).join(', ')}) ` +
  `VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT ("workspaceId", "leadId") DO UPDATE SET ` +
  [...written, 'usageTier'].map((name) => `"${name}" = excluded."${name}"`).join(', ');
/** Leaves the tier alone: a column that is set costs its index a deletion and an insertion, even where it stays. */
const update =
  `UPDATE "ls_profiles" SET ${written.map((name) => `"${name}" = ?`).join(', ')} ` +
  'WHERE "workspaceId" = ? AND "leadId" = ?';

/** The scoring state per lead; one row per living lead, written only with what `advance` answered. */
export class ProfileStore {
  /** By lead id; a lead that was never scored is absent. */
  async getMany(sql: Sql, workspaceId: string, leadIds: readonly string[]): Promise<Map<string, LeadState>> {
    if (leadIds.length === 0) return new Map();
    const rows = await sql.query<{ leadId: string; state: string }>(
      `SELECT "leadId", "state" FROM "ls_profiles" WHERE "workspaceId" = ? AND "leadId" IN ${sql.dialect.textset()}`,
      [workspaceId, JSON.stringify(leadIds)],
    );
    return new Map(rows.map(({ leadId, state }) => [leadId, decodeLeadState(state)]));
  }

  /** @throws BugError `fit_out_of_range` if a fit is not a whole number from 0 to 100 */
  async upsertMany(sql: Sql, workspaceId: string, rows: readonly ProfileWrite[], now: number): Promise<void> {
    const updates: SqlParameter[][] = [];
    const upserts: SqlParameter[][] = [];
    for (const row of rows) {
      const { leadId, summary, storedTier } = row;
      const values = valuesOf(row, now);
      if (storedTier === summary.usageTier) updates.push([...values, workspaceId, leadId]);
      else upserts.push([...values, summary.usageTier, workspaceId, leadId]);
    }
    await sql.runEach(update, updates);
    await sql.runEach(upsert, upserts);
  }

  /** Across workspaces: the leads due at `now`, longest due first. Reads only due rows. */
  due(sql: Sql, now: number, limit: number): Promise<DueLead[]> {
    return sql.query<DueLead>(
      'SELECT "workspaceId", "leadId", "nextDueAt" FROM "ls_profiles" WHERE "nextDueAt" <= ? ' +
        'ORDER BY "nextDueAt" LIMIT ?',
      [now, limit],
    );
  }

  /** Makes every lead of an account due at `now`: what is known of the account counts for their fit and for rules. */
  async wakeAccount(sql: Sql, workspaceId: string, accountId: string, now: number): Promise<void> {
    await sql.query(
      'UPDATE "ls_profiles" SET "nextDueAt" = ? WHERE "workspaceId" = ? AND "leadId" IN (' +
        'SELECT "id" FROM "ls_leads" WHERE "workspaceId" = ? AND "accountId" = ? AND "mergedInto" IS NULL)',
      [now, workspaceId, workspaceId, accountId],
    );
  }

  /** Lead ids in steps of `limit`, ascending after `after`, for re-scoring everyone with a new model. */
  async leadIdsAfter(sql: Sql, workspaceId: string, after: string, limit: number): Promise<string[]> {
    const rows = await sql.query<{ leadId: string }>(
      'SELECT "leadId" FROM "ls_profiles" WHERE "workspaceId" = ? AND "leadId" > ? ORDER BY "leadId" LIMIT ?',
      [workspaceId, after, limit],
    );
    return rows.map((row) => row.leadId);
  }

  async delete(sql: Sql, workspaceId: string, leadId: string): Promise<boolean> {
    const rows = await sql.query('DELETE FROM "ls_profiles" WHERE "workspaceId" = ? AND "leadId" = ? RETURNING 1', [
      workspaceId,
      leadId,
    ]);
    return rows.length === 1;
  }
}
