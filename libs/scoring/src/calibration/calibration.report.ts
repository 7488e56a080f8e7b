import { compareKeys, conversionBy, conversionOf, groupBy } from './conversion.table';
import type { ConversionRow, ConversionTable } from './conversion.table';
import { conversionByDecile, type DecileRow } from './decile.table';
import { FEWEST_PER_ROW, isDecided, type ScoredLead } from './lead.outcome';
import { rankAuc, type RankAuc } from './rank.auc';

/** One cell of the matrix band × fit. The key is for display: `high × A`. */
export interface CellRow extends ConversionRow {
  band: string | null;
  fit: string | null;
}

/** Do the differences between scores mean anything? */
export interface CalibrationReport {
  bands: ConversionTable;
  /** Of the leads whose fit was asked for. */
  cells: ConversionTable<CellRow>;
  deciles: ConversionTable<DecileRow>;
  /** Over the decided leads that have a score; null where nobody was won or nobody lost. */
  auc: RankAuc | null;
  /** The whole 95 % interval of the AUC lies above chance. */
  isBetterThanChance: boolean;
  /** Leads that are in no table because their score was read after the decision. */
  scoredAfterDecision: number;
  /** What to keep in mind when reading it, one English sentence each. */
  warnings: string[];
}

/**
 * Conversion by band, by cell band × fit and by decile of the score, with counts, Wilson intervals and the AUC. Only won
 * and lost leads count in a rate; open and unknown ones have columns of their own. Throws RangeError for a score that is
 * not finite.
 */
export function calibrationReport(leads: readonly ScoredLead[]): CalibrationReport {
  const known = leads.filter((lead) => !isAfterDecision(lead));
  const bands = conversionBy(known, ({ band }) => band);
  const cells = conversionByCell(known.filter(({ fit }) => fit !== undefined));
  const deciles = conversionByDecile(known);
  const auc = rankAuc(
    known.flatMap(({ score, outcome }) =>
      score === null || !isDecided(outcome) ? [] : [{ score, isWon: outcome === 'won' }],
    ),
  );
  const scoredAfterDecision = leads.length - known.length;
  const isBetterThanChance = auc !== null && auc.interval.low > 0.5;
  return {
    bands,
    cells,
    deciles,
    auc,
    isBetterThanChance,
    scoredAfterDecision,
    warnings: [
      ...leftOutWarnings(scoredAfterDecision, bands.total),
      ...rankWarnings(auc, isBetterThanChance),
      ...thinWarnings('band', bands.rows),
      ...thinWarnings('cell', cells.rows),
      ...thinWarnings('decile', deciles.rows),
    ],
  };
}

function isAfterDecision({ scoredAt, decidedAt }: ScoredLead): boolean {
  return scoredAt !== undefined && decidedAt !== undefined && scoredAt > decidedAt;
}

function conversionByCell(leads: readonly ScoredLead[]): ConversionTable<CellRow> {
  const total = conversionOf(null, leads, null);
  const rows = [...groupBy(leads, ({ band }) => band)].flatMap(([band, members]) =>
    [...groupBy(members, ({ fit }) => fit ?? null)].map(([fit, cell]): CellRow => {
      const key = `${band ?? 'no score'} × ${fit ?? 'unknown'}`;
      return { ...conversionOf(key, cell, total.rate), band, fit };
    }),
  );
  return { total, rows: rows.sort((a, b) => compareKeys(a.band, b.band) || compareKeys(a.fit, b.fit)) };
}

function leftOutWarnings(scoredAfterDecision: number, total: ConversionRow): string[] {
  const warnings: string[] = [];
  if (scoredAfterDecision > 0) {
    warnings.push(`Leads left out because their score was read after the decision: ${scoredAfterDecision}.`);
  }
  if (total.unknown > 0) warnings.push(`Leads whose outcome is unknown: ${total.unknown} of ${total.leads}.`);
  return warnings;
}

function rankWarnings(auc: RankAuc | null, isBetterThanChance: boolean): string[] {
  if (auc === null) return ['The score cannot be judged before at least one lead is won and one lost.'];
  return isBetterThanChance ? [] : ['The score does not rank won leads above lost ones better than chance would.'];
}

function thinWarnings(table: string, rows: readonly ConversionRow[]): string[] {
  return rows
    .filter(({ isThin, leads }) => isThin && leads > 0)
    .map(({ key, decided }) => {
      const name = key ?? 'unknown';
      return `The ${table} ${name} has ${decided} decided leads; below ${FEWEST_PER_ROW} a rate means little.`;
    });
}
