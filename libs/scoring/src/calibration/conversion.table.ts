import { FEWEST_PER_ROW, type Interval, type Outcome } from './lead.outcome';
import { wilsonInterval } from './wilson.interval';

/** How the leads of one category ended. */
export interface ConversionRow {
  /** The category; null: the leads of which it is unknown. */
  key: string | null;
  leads: number;
  won: number;
  lost: number;
  open: number;
  unknown: number;
  /** Won plus lost: what the rate is a share of. */
  decided: number;
  /** Won of decided, 0–1; null while nobody is decided. */
  rate: number | null;
  /** 95 % interval of the rate (Wilson 1927). */
  interval: Interval | null;
  /** Rate divided by the rate of all; null where either is missing or the rate of all is 0. */
  lift: number | null;
  /** Fewer than 30 are decided: the rate means little. */
  isThin: boolean;
}

export interface ConversionTable<Row extends ConversionRow = ConversionRow> {
  /** All leads together; every column is the sum of that column over the rows. */
  total: ConversionRow;
  rows: Row[];
}

/**
 * Conversion by any category: a band, a cell, a country, a plan. Each lead falls into exactly one row. Rows are sorted
 * by key; the leads whose category is unknown (null) come last, in a row of their own.
 * The lift says how much likelier than the average lead those of a row convert (or churn, if that is what won means).
 */
export function conversionBy<Lead extends { outcome: Outcome }>(
  leads: readonly Lead[],
  categoryOf: (lead: Lead) => string | null,
): ConversionTable {
  const groups = groupBy(leads, categoryOf);
  const total = conversionOf(null, leads, null);
  const rows = [...groups].map(([key, members]) => conversionOf(key, members, total.rate));
  return { total, rows: rows.sort((left, right) => compareKeys(left.key, right.key)) };
}

/** The row of these leads; `baseRate` is the rate of all, for the lift. */
export function conversionOf(
  key: string | null,
  leads: readonly { outcome: Outcome }[],
  baseRate: number | null,
): ConversionRow {
  const counts: Record<Outcome, number> = { won: 0, lost: 0, open: 0, unknown: 0 };
  for (const { outcome } of leads) counts[outcome] += 1;
  const decided = counts.won + counts.lost;
  const rate = decided === 0 ? null : counts.won / decided;
  const ownBase = baseRate ?? rate;
  return {
    key,
    leads: leads.length,
    ...counts,
    decided,
    rate,
    interval: wilsonInterval(counts.won, decided),
    lift: rate === null || ownBase === null || ownBase === 0 ? null : rate / ownBase,
    isThin: decided < FEWEST_PER_ROW,
  };
}

/** The members of each group, in the order in which the groups first appear. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [item]);
    else members.push(item);
  }
  return groups;
}

/** Ascending by code unit, unknown last. */
export function compareKeys(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -1 : 1;
}
