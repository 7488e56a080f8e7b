import { conversionOf, groupBy, type ConversionRow, type ConversionTable } from './conversion.table';
import type { ScoredLead } from './lead.outcome';

/** One tenth of the leads by rank. Its key is `1` (the highest scores) to `10`; null: the leads without a score. */
export interface DecileRow extends ConversionRow {
  /** Lowest and highest score in it; null in an empty decile and in the row of those without a score. */
  minScore: number | null;
  maxScore: number | null;
}

type RankedLead = Pick<ScoredLead, 'score' | 'outcome'>;

const DECILES = 10;

/**
 * Conversion by decile of the score, highest first. Leads rank among all that have a score, decided or not. **Equal
 * scores are never torn apart**: all of them go where the middle of their ranks falls, so where many share a score the
 * deciles are of unequal size and some are empty (shown with 0 leads). Leads without a score follow in a row of their
 * own. Throws RangeError for a score that is not finite.
 */
export function conversionByDecile(leads: readonly RankedLead[]): ConversionTable<DecileRow> {
  const total = conversionOf(null, leads, null);
  const deciles = decilesOf(leads.flatMap(({ score }) => (score === null ? [] : [score])));
  const members = groupBy(leads, ({ score }) => (score === null ? null : deciles.get(score)));
  const rows = Array.from({ length: DECILES }, (_, index) =>
    decileRow(String(index + 1), members.get(index + 1) ?? [], total.rate),
  );
  const unscored = members.get(null);
  if (unscored !== undefined) rows.push(decileRow(null, unscored, total.rate));
  return { total, rows };
}

/** Decile (1–10) of each score that occurs, by the middle of the ranks (1 = highest) of those who share it. */
function decilesOf(scores: readonly number[]): Map<number, number> {
  if (!scores.every(Number.isFinite)) throw new RangeError('A score is not a finite number.');
  const ties = groupBy(
    scores.toSorted((left, right) => right - left),
    (score) => score,
  );
  let before = 0;
  return new Map(
    [...ties].map(([score, equals]) => {
      const tenthsAbove = ((before + equals.length / 2) * DECILES) / scores.length;
      before += equals.length;
      return [score, Math.floor(tenthsAbove) + 1];
    }),
  );
}

function decileRow(key: string | null, leads: readonly RankedLead[], baseRate: number | null): DecileRow {
  let minScore: number | null = null;
  let maxScore: number | null = null;
  for (const { score } of leads) {
    if (score === null) continue;
    minScore = Math.min(minScore ?? score, score);
    maxScore = Math.max(maxScore ?? score, score);
  }
  return { ...conversionOf(key, leads, baseRate), minScore, maxScore };
}
