import type { EngagementAnswer } from '../api/shapes';
import { roundToTotal } from '../format/rounding';

export interface ContributionRow {
  signal: string;
  label: string;
  count: number;
  lastAt: string;
  /** Rounded to two decimals so that all rows add up to the total. */
  points: number;
}

/** Signals by weight today, with points that add up, as shown, to the total as shown. */
export function contributionRows(engagement: Pick<EngagementAnswer, 'contributions'>): {
  rows: ContributionRow[];
  total: number;
} {
  const ordered = [...engagement.contributions].sort(
    (left, right) => right.points - left.points || left.label.localeCompare(right.label),
  );
  const { shares, total } = roundToTotal(
    ordered.map(({ points }) => points),
    2,
  );
  return { rows: ordered.map((row, index) => ({ ...row, points: shares[index] ?? 0 })), total };
}
