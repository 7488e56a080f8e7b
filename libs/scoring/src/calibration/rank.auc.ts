import { Z_95, type Interval } from './lead.outcome';

/** How well a number ranks those who were won above those who were lost. */
export interface RankAuc {
  /** Share of the pairs (won, lost) in which the won one ranks higher, a tie counting half. 0.5 is chance. */
  auc: number;
  standardError: number;
  /** 95 %, normal approximation kept within 0–1. */
  interval: Interval;
  won: number;
  lost: number;
}

/** A number that ranks, with how it ended. */
export interface RankedOutcome {
  score: number;
  isWon: boolean;
}

/**
 * Area under the ROC curve as the Mann–Whitney statistic with mid-ranks for ties: the same number as counting all
 * pairs, in O(n log n). null where nobody was won or nobody lost. Throws RangeError for a score that is not finite.
 * H. B. Mann, D. R. Whitney, Ann. Math. Statist. 18 (1947) 50–60.
 */
export function rankAuc(rows: readonly RankedOutcome[]): RankAuc | null {
  if (rows.some(({ score }) => !Number.isFinite(score))) throw new RangeError('A score is not a finite number.');
  const won = rows.filter(({ isWon }) => isWon).length;
  const lost = rows.length - won;
  if (won === 0 || lost === 0) return null;
  const auc = (wonRankSum(rows) - (won * (won + 1)) / 2) / (won * lost);
  const standardError = hanleyMcNeilError(auc, won, lost);
  const half = Z_95 * standardError;
  const interval = { low: Math.max(0, auc - half), high: Math.min(1, auc + half) };
  return { auc, standardError, interval, won, lost };
}

/**
 * Standard error of an area under the ROC curve from the area and the two counts.
 * J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a ROC curve", Radiology 143 (1982) 29–36.
 */
export function hanleyMcNeilError(auc: number, won: number, lost: number): number {
  const twoWon = auc / (2 - auc) - auc * auc;
  const twoLost = (2 * auc * auc) / (1 + auc) - auc * auc;
  const variance = (auc * (1 - auc) + (won - 1) * twoWon + (lost - 1) * twoLost) / (won * lost);
  return Math.sqrt(Math.max(0, variance));
}

/** The sum of the ranks (1 = lowest) of the won, where equal scores get the mean of their ranks. */
function wonRankSum(rows: readonly RankedOutcome[]): number {
  const sorted = rows.toSorted((left, right) => left.score - right.score);
  let sum = 0;
  let start = 0;
  while (start < sorted.length) {
    const score = sorted[start]?.score;
    let end = start;
    let won = 0;
    for (; end < sorted.length && sorted[end]?.score === score; end += 1) won += sorted[end]?.isWon ? 1 : 0;
    sum += (won * (start + 1 + end)) / 2;
    start = end;
  }
  return sum;
}
