import { pointsAt, priorityValue, scoreOfPoints } from '@rekindle/scoring';
import type { CompiledModel, Grade } from '@rekindle/scoring';
import type { LeadPosition } from './lead-list.cursor';
import { leastDoubleWhere } from './double.search';
import { scanLeads } from './lead-list.scan';
import type { Scan } from './lead-list.scan';

/** Leads of one fit: among them, priority orders as engagement does at every instant. `fitGrade` '' is unknown. */
export interface FitBucket {
  fitScore: number;
  fitGrade: string;
}

interface RankedLead {
  leadId: string;
  rank: number;
  value: number;
}

type RankedPosition = Extract<LeadPosition, { in: 'ranked' }>;

const FIRST_CHUNK = 4;
const MOST_FIT_SCORE = 100;
const grades = ['', 'A', 'B', 'C', 'D'];
const isGrade = (grade: string): grade is Grade => grade !== '' && grades.includes(grade);

const everyBucket = Array.from({ length: MOST_FIT_SCORE + 1 }, (_, fitScore) =>
  grades.map((fitGrade) => ({ fitScore, fitGrade })),
).flat();

/** The buckets with any lead, best fit first: one index probe per possible fit, however many leads there are. */
export const fitBuckets = async ({ sql, workspaceId }: Scan): Promise<FitBucket[]> => {
  const buckets = sql.dialect.rowset({ fitScore: 'integer', fitGrade: 'text' });
  const rows = await sql.query<FitBucket>(
    `SELECT buckets."fitScore", buckets."fitGrade" FROM ${buckets} AS buckets WHERE EXISTS (` +
      'SELECT 1 FROM "ls_profiles" AS profiles WHERE profiles."workspaceId" = ? ' +
      'AND profiles."fitScore" = buckets."fitScore" AND profiles."fitGrade" = buckets."fitGrade")',
    [JSON.stringify(everyBucket), workspaceId],
  );
  return rows.sort((a, b) => b.fitScore - a.fitScore || (a.fitGrade < b.fitGrade ? -1 : 1));
};

/** Greater value first, then greater rank, then the newer lead. */
const isBefore = (a: RankedLead, b: RankedLead): boolean => {
  if (a.value !== b.value) return a.value > b.value;
  return a.rank === b.rank ? a.leadId > b.leadId : a.rank > b.rank;
};

/** One bucket, read in growing pieces and only as far as the page needs. */
class BucketStream {
  private buffer: RankedLead[] = [];
  private next = 0;
  private chunk = FIRST_CHUNK;
  private isRead = false;

  constructor(
    private readonly scan: Scan,
    private readonly bucket: FitBucket,
    private readonly valueOf: (rank: number) => number,
    private after: { key: number; id: string } | undefined,
  ) {}

  async head(): Promise<RankedLead | undefined> {
    if (this.next === this.buffer.length && !this.isRead) await this.fill();
    return this.buffer[this.next];
  }

  take(): void {
    this.next += 1;
  }

  private async fill(): Promise<void> {
    const range = { column: 'engagementRank', limit: this.chunk, bucket: this.bucket, after: this.after } as const;
    const rows = await scanLeads(this.scan, range);
    this.buffer = rows.flatMap(({ leadId, key }) =>
      key === null ? [] : [{ leadId, rank: key, value: this.valueOf(key) }],
    );
    this.isRead = rows.length < this.chunk;
    const last = this.buffer.at(-1);
    if (last !== undefined) this.after = { key: last.rank, id: last.leadId };
    this.next = 0;
    this.chunk *= 2;
  }
}

/**
 * Where a bucket goes on after a lead of any bucket: its leads with a lesser value, or the same value and a lesser
 * rank, or the same rank and an older id. The value never falls as the rank rises, so that is a lower range of it.
 */
const startAfter = (
  position: RankedPosition | null,
  valueOf: (rank: number) => number,
): { key: number; id: string } | undefined => {
  if (position === null) return undefined;
  const { key, value, id } = position;
  const here = valueOf(key);
  if (here === value) return { key, id };
  const bound = here < value ? (rank: number) => valueOf(rank) >= value : (rank: number) => valueOf(rank) > value;
  return { key: leastDoubleWhere(bound), id: '' };
};

const valueIn =
  (bucket: FitBucket, at: number, model: CompiledModel) =>
  (rank: number): number =>
    priorityValue(
      bucket.fitScore,
      scoreOfPoints(pointsAt(rank, at, model), model),
      isGrade(bucket.fitGrade) ? bucket.fitGrade : null,
      model,
    );

/** A bucket that has not been read yet and the most its leads can be worth. */
interface ClosedBucket {
  bucket: FitBucket;
  valueOf: (rank: number) => number;
  mostValue: number;
}

/** One page: the leads of highest priority at `at` after `position`. */
interface PriorityPage {
  at: number;
  model: CompiledModel;
  limit: number;
  position: RankedPosition | null;
}

/** The greatest rank of the workspace: with it, a fit bounds the priority of a whole bucket. */
const greatestRank = async (scan: Scan): Promise<number | null> => {
  const unrestricted = { ...scan, restriction: { joins: '', where: '', parameters: [] } };
  return (await scanLeads(unrestricted, { column: 'engagementRank', limit: 1 }))[0]?.key ?? null;
};

const closedBuckets = (buckets: readonly FitBucket[], mostRank: number, page: PriorityPage): ClosedBucket[] =>
  buckets
    .map((bucket) => {
      const valueOf = valueIn(bucket, page.at, page.model);
      return { bucket, valueOf, mostValue: Math.min(valueOf(mostRank), page.position?.value ?? Infinity) };
    })
    .sort((a, b) => b.mostValue - a.mostValue);

/** The streams opened so far; opens another bucket only when it may hold the next lead. */
class OpenStreams {
  private readonly streams: BucketStream[] = [];
  private readonly heads: (RankedLead | undefined)[] = [];

  constructor(
    private readonly scan: Scan,
    private readonly closed: ClosedBucket[],
    private readonly position: RankedPosition | null,
  ) {}

  async next(): Promise<RankedLead | undefined> {
    let best = this.best();
    while (this.mayHoldBetter(this.heads[best])) {
      await this.open();
      best = this.best();
    }
    const [head, stream] = [this.heads[best], this.streams[best]];
    if (head === undefined || stream === undefined) return undefined;
    stream.take();
    this.heads[best] = await stream.head();
    return head;
  }

  private mayHoldBetter(best: RankedLead | undefined): boolean {
    const candidate = this.closed[0];
    return candidate !== undefined && (best === undefined || candidate.mostValue >= best.value);
  }

  private async open(): Promise<void> {
    const next = this.closed.shift();
    if (next === undefined) return;
    const stream = new BucketStream(this.scan, next.bucket, next.valueOf, startAfter(this.position, next.valueOf));
    this.heads.push(await stream.head());
    this.streams.push(stream);
  }

  private best(): number {
    let best = -1;
    for (const [index, head] of this.heads.entries()) {
      const champion = this.heads[best];
      if (head !== undefined && (champion === undefined || isBefore(head, champion))) best = index;
    }
    return best;
  }
}

/** The leads of highest priority, exactly, by merging the tops of those buckets that can hold them. */
export const mergeByPriority = async (
  scan: Scan,
  buckets: readonly FitBucket[],
  page: PriorityPage,
): Promise<RankedLead[]> => {
  const mostRank = await greatestRank(scan);
  if (mostRank === null) return [];
  const streams = new OpenStreams(scan, closedBuckets(buckets, mostRank, page), page.position);
  const merged: RankedLead[] = [];
  while (merged.length < page.limit) {
    const lead = await streams.next();
    if (lead === undefined) break;
    merged.push(lead);
  }
  return merged;
};
