import type { Sql, SqlParameter } from '../database/sql';
import type { Restriction } from './lead-list.filter';
import type { ProfileSource } from './lead-list.source';

/** A lead as an index knows it. `key` is the value of the sorted column; null: it has none. */
export interface ScannedLead {
  leadId: string;
  key: number | null;
}

/** One workspace's profiles under the page's filters; `onRead` is told how many rows each statement answered. */
export interface Scan {
  sql: Sql;
  workspaceId: string;
  source: ProfileSource;
  restriction: Restriction;
  onRead: (rows: number) => void;
}

/** A range of an index: rows of a bucket, after a key and id in descending order, or those without a key. */
export interface ScanRange {
  column: 'engagementRank' | 'lastActivityAt';
  limit: number;
  bucket?: { fitScore: number; fitGrade: string };
  /** `{ key, id: '' }` is all rows with less than `key`. */
  after?: { key: number; id: string } | undefined;
  /** Only rows without a key, after this id in descending order. */
  unranked?: { afterId: string | null };
}

interface Fragment {
  where: string;
  parameters: SqlParameter[];
}

const none: Fragment = { where: '', parameters: [] };

const bucketOf = ({ bucket }: ScanRange): Fragment =>
  bucket === undefined
    ? none
    : {
        where: ' AND profiles."fitScore" = ? AND profiles."fitGrade" = ?',
        parameters: [bucket.fitScore, bucket.fitGrade],
      };

const startOf = ({ column, after, unranked }: ScanRange): Fragment => {
  const key = `profiles."${column}"`;
  if (unranked !== undefined) {
    return unranked.afterId === null
      ? { where: ` AND ${key} IS NULL`, parameters: [] }
      : { where: ` AND ${key} IS NULL AND profiles."leadId" < ?`, parameters: [unranked.afterId] };
  }
  return after === undefined
    ? { where: ` AND ${key} IS NOT NULL`, parameters: [] }
    : { where: ` AND (${key}, profiles."leadId") < (?, ?)`, parameters: [after.key, after.id] };
};

const orders = {
  engagementRank: 'profiles."engagementRank" DESC, profiles."leadId" DESC',
  lastActivityAt: 'profiles."lastActivityAt" DESC, profiles."leadId" DESC',
  unranked: 'profiles."leadId" DESC',
} as const;

/** Reads a range of an index, at most `limit` rows. Keys descend, then ids; without keys, ids descend. */
export const scanLeads = async (scan: Scan, range: ScanRange): Promise<ScannedLead[]> => {
  const bucket = bucketOf(range);
  const start = startOf(range);
  const rows = await scan.sql.query<ScannedLead>(
    `SELECT profiles."leadId", profiles."${range.column}" AS "key" FROM ${scan.source.from}` +
      `${scan.restriction.joins} WHERE profiles."workspaceId" = ?${bucket.where}${start.where}${scan.restriction.where} ` +
      `ORDER BY ${orders[range.unranked === undefined ? range.column : 'unranked']} LIMIT ?`,
    [
      ...scan.source.parameters,
      scan.workspaceId,
      ...bucket.parameters,
      ...start.parameters,
      ...scan.restriction.parameters,
      range.limit,
    ],
  );
  scan.onRead(rows.length);
  return rows;
};
