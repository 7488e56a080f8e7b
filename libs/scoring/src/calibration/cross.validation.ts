import { designOf, scaleOf, type FeatureVector } from './feature.scale';
import type { FitSteps } from './fit.steps';
import { fitLogistic, logLossOf, logOddsOf } from './logistic.regression';

/** A decided lead: its features in their order, and 1 for won, 0 for lost. */
export interface LabelledRow {
  id: string;
  features: FeatureVector;
  outcome: number;
}

export interface PenaltyChoice {
  /** Penalty per row: the penalty of a fit is this times the number of its rows. */
  penaltyPerRow: number;
  /** Mean log loss on the leads left out, of each penalty tried, from the strongest down. */
  tried: { penaltyPerRow: number; logLoss: number }[];
  /** Under the chosen penalty: log-odds of each lead (in the order given) from the fit that did not see it. */
  heldOutLogOdds: number[];
}

interface Prediction {
  id: string;
  outcome: number;
  /** Under each penalty. */
  logOdds: number[];
}

const FOLDS = 5;
/** From so strong that little but the share of won leads remains, to hardly any. */
const PENALTIES_PER_ROW = [1, 0.1, 0.03, 0.01, 0.003, 0.001, 0.000_1];

/**
 * The penalty with the least log loss on leads left out, by five-fold cross-validation with won and lost spread evenly
 * over the folds; the stronger one of equals. The folds follow from the leads' ids alone, so the same leads give the
 * same choice in any order. The scale is taken inside each fold: those left out have no say in it.
 * M. Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", JRSS B 36 (1974) 111–147.
 */
export function* choosingPenalty(rows: readonly LabelledRow[]): FitSteps<PenaltyChoice> {
  const folds = foldsOf(rows);
  const heldOut: Prediction[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isOut = (row: LabelledRow): boolean => folds.get(row.id) === fold;
    const fitted = rows.filter((row) => !isOut(row));
    heldOut.push(...(yield* predictedBy(fitted, rows.filter(isOut))));
  }
  const tried = PENALTIES_PER_ROW.map((penaltyPerRow, index) => {
    const loss = heldOut.reduce((sum, { outcome, logOdds }) => sum + logLossOf(logOdds[index] ?? 0, outcome), 0);
    return { penaltyPerRow, logLoss: loss / rows.length };
  });
  const best = tried.reduce((least, one) => (one.logLoss < least.logLoss ? one : least));
  const byId = new Map(heldOut.map(({ id, logOdds }) => [id, logOdds[tried.indexOf(best)] ?? 0]));
  return { penaltyPerRow: best.penaltyPerRow, tried, heldOutLogOdds: rows.map(({ id }) => byId.get(id) ?? 0) };
}

/** For each lead left out its log-odds under every penalty, fitted to the others; each fit starts where the last ended. */
function* predictedBy(fitted: readonly LabelledRow[], leftOut: readonly LabelledRow[]): FitSteps<Prediction[]> {
  const scale = scaleOf(featuresOf(fitted));
  const problem = { design: designOf(featuresOf(fitted), scale), outcomes: fitted.map(({ outcome }) => outcome) };
  const unseen = designOf(featuresOf(leftOut), scale);
  const fits: number[][] = [];
  for (const penaltyPerRow of PENALTIES_PER_ROW) {
    fits.push(fitLogistic({ ...problem, penalty: penaltyPerRow * fitted.length }, fits.at(-1)));
    yield;
  }
  return leftOut.map(({ id, outcome }, index) => {
    const row = unseen[index] ?? [];
    return { id, outcome, logOdds: fits.map((coefficients) => logOddsOf(row, coefficients)) };
  });
}

const featuresOf = (rows: readonly LabelledRow[]): FeatureVector[] => rows.map(({ features }) => features);

/** The fold of each lead: won and lost are dealt out separately, in the order of a hash of their ids. */
function foldsOf(rows: readonly LabelledRow[]): Map<string, number> {
  const folds = new Map<string, number>();
  for (const outcome of [0, 1]) {
    rows
      .filter((row) => row.outcome === outcome)
      .map(({ id }) => ({ id, hash: hashOf(id) }))
      .sort((a, b) => a.hash - b.hash || (a.id < b.id ? -1 : 1))
      .forEach(({ id }, index) => folds.set(id, index % FOLDS));
  }
  return folds;
}

/** FNV-1a over the code units, 32 bits: ids that follow a sequence or a clock are scattered. */
function hashOf(id: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01_00_01_93);
  return hash >>> 0;
}
