import { OperationalError } from '@rekindle/contracts';

const MOST_WAITING_ITEMS = 20_000;
/** While a group is stored nobody else is served: at 100 µs an event about a fifth of a second. */
const MOST_GROUP_ITEMS = 2_000;

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
  private waitingItems = 0;
  private isFlushing = false;
  private idle: (() => void)[] = [];

  /** `commit` stores all batches it is given, durably, before it resolves. */
  constructor(private readonly commit: (batches: readonly Batch[]) => Promise<void>) {}

  /**
   * Resolves once the batch is durable.
   * @throws OperationalError `overloaded` when too much is waiting already; whatever `commit` throws.
   */
  add(batch: Batch, size: number): Promise<void> {
    if (this.waitingItems > 0 && this.waitingItems + size > MOST_WAITING_ITEMS) {
      throw new OperationalError('overloaded', 'More events are waiting than can be stored in time.', {
        retryAfterMs: 1_000,
      });
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, size, resolve, reject });
      this.waitingItems += size;
      if (this.waiting.length === 1 && !this.isFlushing) this.schedule();
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
    const group = this.takeGroup();
    try {
      await this.commit(group.map(({ batch }) => batch));
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    this.isFlushing = false;
    if (this.waiting.length > 0) this.schedule();
    else this.idle.splice(0).forEach((resolve) => resolve());
  }

  private takeGroup(): Waiting<Batch>[] {
    let items = 0;
    let count = 0;
    for (const { size } of this.waiting) {
      if (count > 0 && items + size > MOST_GROUP_ITEMS) break;
      items += size;
      count += 1;
    }
    this.waitingItems -= items;
    return this.waiting.splice(0, count);
  }
}
