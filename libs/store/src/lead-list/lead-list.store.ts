import { decodeLeadState } from '@rekindle/rules';
import type { Sql } from '../database/sql';
import { leadTable } from '../stores/lead.store';
import type { RawRow } from '../tables/table';
import { leadCursorOf, leadCursorText } from './lead-list.cursor';
import type { LeadPosition } from './lead-list.cursor';
import { restrictionOf } from './lead-list.filter';
import type { LeadCountRequest, LeadListItem, LeadListPage, LeadListRequest } from './lead-list.row';
import { scanLeads } from './lead-list.scan';
import type { Scan } from './lead-list.scan';
import { profilesAt } from './lead-list.source';
import { fitBuckets, mergeByPriority } from './priority.merge';
import type { FitBucket } from './priority.merge';

/** A lead on a page and the position after it. */
interface Placed {
  leadId: string;
  position: LeadPosition;
}

interface Walk {
  scan: Scan;
  request: LeadListRequest;
  at: number;
  after: LeadPosition | null;
}

const itemOf = (raw: RawRow): LeadListItem => {
  const lead = leadTable.decode(raw);
  const account =
    lead.accountId === null || raw['accountTraits'] === null
      ? null
      : {
          id: lead.accountId,
          name: raw['accountName'] === null ? null : String(raw['accountName']),
          traits: JSON.parse(String(raw['accountTraits'])),
        };
  return { lead, account, state: decodeLeadState(String(raw['state'])) };
};

/**
 * Leads, best first, exactly as of an instant, without reading more of them than the page needs: engagement keeps the
 * order of the rank, priority is a merge over the fits. A lead is listed once it has a profile. Under a decay without
 * static ranks the list is as exact as the profiles are: advance who is due at the instant first. All pages of a walk are
 * of one instant, but a lead whose rank was taken anew between two of them may be on both or on neither.
 */
export class LeadListStore {
  /** `onRead` is told how many rows each statement of a page read. */
  constructor(private readonly onRead: (rows: number) => void = () => undefined) {}

  /** @throws UserError `invalid_cursor`, `unknown_band` */
  async page(sql: Sql, workspaceId: string, request: LeadListRequest): Promise<LeadListPage> {
    const cursor = request.cursor ? leadCursorOf(request.cursor, request.sort) : null;
    const at = cursor?.at ?? request.now;
    const { model } = request;
    const [source, restriction] = [profilesAt(at, model), restrictionOf(request, at, model)];
    const scan = { sql, workspaceId, source, restriction, onRead: this.onRead };
    const walk = { scan, request, at, after: cursor?.after ?? null };
    const placed = await (request.sort === '-priority' ? this.byPriority(walk) : this.byColumn(walk));
    const shown = placed.slice(0, request.limit);
    const last = shown.at(-1);
    return {
      at,
      items: await this.items(scan, shown),
      nextCursor:
        placed.length > request.limit && last !== undefined
          ? leadCursorText({ sort: request.sort, at, after: last.position })
          : null,
    };
  }

  /** The exact number of leads that match as of `request.now`. @throws UserError `unknown_band` */
  async count(sql: Sql, workspaceId: string, request: LeadCountRequest): Promise<number> {
    const { joins, where, parameters } = restrictionOf(request, request.now, request.model);
    const source = profilesAt(request.now, request.model);
    const rows = await sql.query<{ count: number }>(
      `SELECT COUNT(*) AS "count" FROM ${source.from}${joins} WHERE profiles."workspaceId" = ?${where}`,
      [...source.parameters, workspaceId, ...parameters],
    );
    return Number(rows[0]?.count ?? 0);
  }

  private async byColumn({ scan, request, after }: Walk): Promise<Placed[]> {
    const column = request.sort === '-engagement' ? 'engagementRank' : 'lastActivityAt';
    const limit = request.limit + 1;
    const isRanked = after?.in !== 'unranked';
    const ranked = isRanked ? await scanLeads(scan, { column, limit, after: after ?? undefined }) : [];
    const placed = ranked.flatMap(({ leadId, key }): Placed[] =>
      key === null ? [] : [{ leadId, position: { in: 'ranked', value: 0, key, id: leadId } }],
    );
    if (placed.length === limit) return placed;
    const unranked = { afterId: isRanked ? null : after.id };
    const rest = await scanLeads(scan, { column, limit: limit - placed.length, unranked });
    for (const { leadId } of rest) {
      placed.push({ leadId, position: { in: 'unranked', fitScore: 0, fitGrade: '', id: leadId } });
    }
    return placed;
  }

  private async byPriority({ scan, request, at, after }: Walk): Promise<Placed[]> {
    const buckets = await fitBuckets(scan);
    const limit = request.limit + 1;
    const placed: Placed[] = [];
    if (after === null || after.in === 'ranked') {
      const ranked = await mergeByPriority(scan, buckets, { at, model: request.model, limit, position: after });
      for (const { leadId, rank, value } of ranked) {
        placed.push({ leadId, position: { in: 'ranked', value, key: rank, id: leadId } });
      }
    }
    const start = after?.in === 'unranked' ? after : null;
    return placed.length === limit
      ? placed
      : [...placed, ...(await this.unranked(scan, buckets, { start, limit: limit - placed.length }))];
  }

  /** Leads without engagement: the better fit first, then the newer lead. */
  private async unranked(
    scan: Scan,
    buckets: readonly FitBucket[],
    page: { start: Extract<LeadPosition, { in: 'unranked' }> | null; limit: number },
  ): Promise<Placed[]> {
    const placed: Placed[] = [];
    const { start } = page;
    const isPassed = (bucket: FitBucket): boolean =>
      start !== null &&
      (bucket.fitScore > start.fitScore || (bucket.fitScore === start.fitScore && bucket.fitGrade < start.fitGrade));
    for (const bucket of buckets.filter((candidate) => !isPassed(candidate))) {
      if (placed.length === page.limit) break;
      const isStart = bucket.fitScore === start?.fitScore && bucket.fitGrade === start.fitGrade;
      const range = { column: 'engagementRank', limit: page.limit - placed.length, bucket } as const;
      const rows = await scanLeads(scan, { ...range, unranked: { afterId: isStart ? (start?.id ?? null) : null } });
      for (const { leadId } of rows) placed.push({ leadId, position: { in: 'unranked', ...bucket, id: leadId } });
    }
    return placed;
  }

  private async items({ sql, workspaceId }: Scan, placed: readonly Placed[]): Promise<LeadListItem[]> {
    if (placed.length === 0) return [];
    const rows = await sql.query<RawRow>(
      `SELECT ${leadTable.list('leads')}, profiles."state" AS "state", accounts."name" AS "accountName", ` +
        `accounts."traits" AS "accountTraits" FROM ${sql.dialect.rowset({ id: 'text' })} AS wanted ` +
        `${sql.dialect.lookUpJoin} "ls_leads" AS leads ON leads."workspaceId" = ? AND leads."id" = wanted."id" ` +
        'JOIN "ls_profiles" AS profiles ON profiles."workspaceId" = leads."workspaceId" AND profiles."leadId" = leads."id" ' +
        'LEFT JOIN "ls_accounts" AS accounts ON accounts."workspaceId" = leads."workspaceId" AND accounts."id" = leads."accountId"',
      [JSON.stringify(placed.map(({ leadId }) => ({ id: leadId }))), workspaceId],
    );
    const byId = new Map(rows.map((raw) => [String(raw['id']), raw]));
    return placed.flatMap(({ leadId }) => {
      const raw = byId.get(leadId);
      return raw === undefined ? [] : [itemOf(raw)];
    });
  }
}
