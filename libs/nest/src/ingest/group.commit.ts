import { OperationalError } from '@rekindle/contracts';

/** What senders may be kept waiting for; who comes when it would be longer is told to come back. */
const LONGEST_WAIT_MS = 400;
/** For those who cannot come back; what waits is held in memory. */
const MOST_WAITING_ITEMS = 20_000;
/** Who comes while a group is stored waits for its end. */
const LONGEST_GROUP_MS = 200;
/** Where more could be stored in that time, there is no use in it. */
const MOST_GROUP_ITEMS = 1_000;
/**
 * Of a smaller group most of the time is the commit: in a large one an item takes less, never more. It is believed only
 * where it promises more speed, as after the disk stood still and hardly anybody is let in.
 */
const LEAST_TELLING_ITEMS = 200;
/** Until the first such group has told. */
const FIRST_MS_PER_ITEM = 0.2;
/** Of what the last group told, in what is believed. */
const LAST_SHARE = 0.3;

/**
 * For the sender: nothing was taken in, and when to try again. One for all: to note where an error came from costs
 * more than to refuse a call, and comes at the worst of times.
 */
export const overloaded = new OperationalError('overloaded', 'More events are waiting than can be stored in time.', {
  retryAfterMs: 1_000,
  isByDesign: true,
});

interface Waiting<Batch> {
  batch: Batch;
  size: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: batches that wait at the same time share one transaction, and so one fsync. One group is worked off at
 * a time; the next one forms meanwhile.
 */
export class GroupCommit<Batch> {
  private waiting: Waiting<Batch>[] = [];
  private pendingItems = 0;
  private msPerItem = FIRST_MS_PER_ITEM;
  /** Since when the present group, or the one that forms, has had nobody before it. */
  private busySince = 0;
  private isFlushing = false;
  private idle: (() => void)[] = [];

  /**
   * `commit` takes the batches once it can begin, so that all who came until then are among them, and stores them,
   * durably, before it resolves.
   */
  constructor(private readonly commit: (take: () => readonly Batch[]) => Promise<void>) {}

  /** Whether what is added now is stored in good time, or in this share of it, by how long the last groups took. */
  isTimely(share = 1): boolean {
    return this.pendingItems * this.msPerItem <= share * LONGEST_WAIT_MS;
  }

  /**
   * Resolves once the batch is durable.
   * @throws OperationalError `overloaded` when more is waiting than memory should hold; whatever `commit` throws.
   */
  add(batch: Batch, size: number): Promise<void> {
    if (this.pendingItems > 0 && this.pendingItems + size > MOST_WAITING_ITEMS) throw overloaded;
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, size, resolve, reject });
      this.pendingItems += size;
      if (this.waiting.length > 1 || this.isFlushing) return;
      this.busySince = performance.now();
      this.schedule();
    });
  }

  /** Resolves when nothing is waiting or under way. */
  drained(): Promise<void> {
    if (this.waiting.length === 0 && !this.isFlushing) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private schedule(): void {
    setImmediate(() => void this.flush());
  }

  private async flush(): Promise<void> {
    this.isFlushing = true;
    let taken: Waiting<Batch>[] | null = null;
    const group = (): Waiting<Batch>[] => (taken ??= this.takeGroup());
    try {
      await this.commit(() => group().map(({ batch }) => batch));
      for (const { resolve } of group()) resolve();
    } catch (error) {
      for (const { reject } of group()) reject(error);
    }
    this.settle(group().reduce((items, { size }) => items + size, 0));
    this.isFlushing = false;
    if (this.waiting.length > 0) this.schedule();
    else this.idle.splice(0).forEach((resolve) => resolve());
  }

  private settle(items: number): void {
    this.pendingItems -= items;
    const now = performance.now();
    const lastMsPerItem = (now - this.busySince) / items;
    this.busySince = now;
    if (items < LEAST_TELLING_ITEMS && lastMsPerItem > this.msPerItem) return;
    this.msPerItem += LAST_SHARE * (lastMsPerItem - this.msPerItem);
  }

  private takeGroup(): Waiting<Batch>[] {
    const most = Math.min(MOST_GROUP_ITEMS, LONGEST_GROUP_MS / this.msPerItem);
    let items = 0;
    let count = 0;
    for (const { size } of this.waiting) {
      if (count > 0 && items + size > most) break;
      items += size;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }
}
