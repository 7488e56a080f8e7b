import type { AccountRow, LeadRow } from '@rekindle/store';
import type { Canonical, CanonicalMessage, RejectedMessage } from './canonical.message';
import type { LeadNode } from './lead.node';

/** What became of one item. */
export interface Outcome {
  status: 'accepted' | 'duplicate' | 'conflict' | 'rejected';
  code: string | null;
}

/** One item of a group on its way, with its outcome once that is known. */
export interface GroupItem {
  readonly canonical: Canonical;
  outcome: Outcome | null;
}

/** A message that is new and whose lead is known. */
export interface OwnedMessage {
  item: GroupItem;
  message: CanonicalMessage;
  node: LeadNode;
  code: string | null;
  accountId: string | null;
}

/** A message that is new and refused, by itself or for whom it names. */
export interface RefusedMessage {
  item: GroupItem;
  message: RejectedMessage;
}

/** A message that is new and speaks of a company alone. */
export interface CompanyMessage {
  item: GroupItem;
  message: CanonicalMessage;
  accountId: string | null;
}

/** Messages of one workspace that are stored in one transaction. */
export interface IngestGroup {
  readonly workspaceId: string;
  readonly now: number;
  owned: OwnedMessage[];
  refused: RefusedMessage[];
  companies: CompanyMessage[];
}

/** Rows that a group reads once, changes in memory and writes once. */
export class RowSet<Row extends { id: string }> {
  private readonly rows = new Map<string, Row>();
  private readonly born = new Set<string>();
  private readonly changed = new Set<string>();

  constructor(known: Iterable<Row>) {
    for (const row of known) this.rows.set(row.id, row);
  }

  get(id: string | null): Row | null {
    return id === null ? null : (this.rows.get(id) ?? null);
  }

  add(row: Row): Row {
    this.rows.set(row.id, row);
    this.born.add(row.id);
    return row;
  }

  replace(row: Row): Row {
    this.rows.set(row.id, row);
    this.changed.add(row.id);
    return row;
  }

  all(): Row[] {
    return [...this.rows.values()];
  }

  inserts(): Row[] {
    return this.all().filter((row) => this.born.has(row.id));
  }

  updates(): Row[] {
    return this.all().filter((row) => this.changed.has(row.id) && !this.born.has(row.id));
  }

  isBorn(id: string): boolean {
    return this.born.has(id);
  }
}

/** The people and companies a group touches. */
export interface GroupRows {
  leads: RowSet<LeadRow>;
  accounts: RowSet<AccountRow>;
  accountByGroupId: Map<string, string>;
  /** Companies that were known before and are described differently now. */
  redescribed: Set<string>;
}
