import { EventStore, type ExistingEvent, type Sql } from '@rekindle/store';
import type { GroupItem, Outcome } from './ingest.group';

const events = new EventStore();

const idOf = (item: GroupItem): string => item.canonical.message.messageId;

/** The outcome of an item that is rejected in itself; null for one that is acceptable. */
function rejectionOf({ canonical }: GroupItem): Outcome | null {
  return canonical.isRejected ? { status: 'rejected', code: canonical.message.code } : null;
}

function repetition(item: GroupItem, contentHash: string): Outcome {
  return item.canonical.message.contentHash === contentHash
    ? { status: 'duplicate', code: null }
    : { status: 'conflict', code: 'message_id_reused' };
}

/** Null: nothing stored stands in the item's way. */
function againstStored(item: GroupItem, stored: ExistingEvent | undefined): Outcome | null {
  if (stored === undefined) return null;
  const rejection = rejectionOf(item);
  if (rejection || stored.status === 'rejected') return rejection;
  return repetition(item, stored.contentHash);
}

/** Of items with one id the first acceptable one counts; if none is, the first one is kept with its reason. */
function chooseFirst(items: readonly GroupItem[]): GroupItem[] {
  const chosen = new Map<string, GroupItem>();
  for (const item of items) {
    const earlier = chosen.get(idOf(item));
    if (earlier === undefined) chosen.set(idOf(item), item);
    else if (item.canonical.isRejected) item.outcome = rejectionOf(item);
    else if (earlier.canonical.isRejected) {
      earlier.outcome = rejectionOf(earlier);
      chosen.set(idOf(item), item);
    } else item.outcome = repetition(item, earlier.canonical.message.contentHash);
  }
  return [...chosen.values()];
}

/**
 * Decides which items are new, by message id, against what is stored and against each other, and sets the outcome of
 * the rest. A message stored as rejected gives way to an acceptable one; everything else stored stays what it is.
 */
export async function dedupe(sql: Sql, workspaceId: string, items: readonly GroupItem[]): Promise<GroupItem[]> {
  const stored = await events.existing(sql, workspaceId, items.map(idOf));
  for (const item of items) item.outcome = againstStored(item, stored.get(idOf(item)));
  const fresh = chooseFirst(items.filter((item) => item.outcome === null));
  const replaced = fresh.map(idOf).filter((id) => stored.has(id));
  await events.deleteRejected(sql, workspaceId, replaced);
  return fresh;
}
