import { choosingPenalty, type LabelledRow, type PenaltyChoice } from './cross.validation';
import { designOf, scaleOf } from './feature.scale';
import { finished, type FitSteps } from './fit.steps';
import { isDecided, type Outcome } from './lead.outcome';
import { fitLogistic, standardErrorsOf } from './logistic.regression';
import { rankAuc, type RankAuc } from './rank.auc';
import { draftWeights, type PointsRounding, type WeightFeature, type WeightsDraft } from './weights.draft';

/** Fewer won (or lost) leads than this are not fitted at all. */
export const FEWEST_CONVERSIONS = 50;
/**
 * Fewer of the rarer outcome than this for each feature are not fitted: P. Peduzzi et al., "A simulation study of the
 * number of events per variable in logistic regression analysis", J. Clin. Epidemiol. 49 (1996) 1373–1379.
 */
export const FEWEST_CONVERSIONS_PER_FEATURE = 10;

/** A lead as it was known when the matter was decided. */
export interface FeatureRow {
  /** Of the lead; at most one row each. */
  id: string;
  /** A number for each feature's key: a count, points, 1 or 0. A key that is missing counts as 0. */
  features: Readonly<Record<string, number>>;
  /** Instant (ms) as of which the features were read. */
  featuresAt: number;
  outcome: Outcome;
  /** Instant (ms) of the decision; null while undecided, or where nobody recorded it. */
  decidedAt: number | null;
}

/** What became of the rows that were handed in; the four add up to all of them. */
export interface FitSample {
  won: number;
  lost: number;
  /** Left out: open or unknown. */
  undecided: number;
  /** Left out: features read after the decision, or a decision without an instant, so that they may be. */
  leaking: number;
}

export interface FitRefusal {
  code: 'too-few-conversions' | 'too-few-per-feature' | 'nothing-varies';
  /** For the person who asked, in English. */
  message: string;
}

export type WeightsFit =
  | { state: 'refused'; sample: FitSample; refusals: FitRefusal[] }
  | ({
      state: 'fitted';
      sample: FitSample;
      /** Log-odds where every feature is 0. */
      intercept: number;
      /** Of every lead as ranked by the four fifths it does not belong to; the penalty was chosen on the same leads. */
      heldOutAuc: RankAuc | null;
      penalty: Omit<PenaltyChoice, 'heldOutLogOdds'>;
    } & WeightsDraft);

export interface WeightsRequest {
  /** Keys must differ within a target, and a row names a feature by its key alone, so across targets as well. */
  features: readonly WeightFeature[];
  rows: readonly FeatureRow[];
  /** Default: 10 points for the strongest, whole points. */
  rounding?: PointsRounding;
}

/**
 * Weights fitted to how leads ended: L2-regularised logistic regression on standardised features as of the decision, its
 * penalty chosen by five-fold cross-validation, as a draft of points with intervals. Rows whose features were read after
 * the decision know the answer; they are left out and counted. A sample below the stated size is refused with the
 * reasons. Depends on the rows, never on their order. Throws RangeError for a number that is not finite, for two rows of
 * one lead and for two features of one key.
 */
export function fitWeights(request: WeightsRequest): WeightsFit {
  return finished(fittingWeights(request));
}

/** As {@link fitWeights}, in a few dozen steps of like length. */
export function* fittingWeights({ features, rows, rounding }: WeightsRequest): FitSteps<WeightsFit> {
  checkRequest(features, rows);
  const { sample, usable } = usableRows(features, rows);
  const scale = scaleOf(usable.map((row) => row.features));
  const refusals = refusalsOf(sample, scale.deviations);
  if (refusals.length > 0) return { state: 'refused', sample, refusals };

  const { heldOutLogOdds, ...penalty } = yield* choosingPenalty(usable);
  const problem = {
    design: designOf(
      usable.map((row) => row.features),
      scale,
    ),
    outcomes: usable.map(({ outcome }) => outcome),
    penalty: penalty.penaltyPerRow * usable.length,
  };
  const coefficients = fitLogistic(problem);
  const standardErrors = standardErrorsOf(problem, coefficients);
  const fitted = features.map((feature, index) => ({
    feature,
    coefficient: coefficients[index + 1] ?? 0,
    standardError: standardErrors[index + 1] ?? 0,
    deviation: scale.deviations[index] ?? 0,
  }));
  const draft = draftWeights(fitted, rounding ?? { mostPoints: 10, stepPoints: 1 });
  const shift = draft.weights.reduce((sum, one, index) => sum + (one.coefficient ?? 0) * (scale.means[index] ?? 0), 0);
  const ranked = usable.map(({ outcome }, row) => ({ score: heldOutLogOdds[row] ?? 0, isWon: outcome === 1 }));
  const heldOutAuc = rankAuc(ranked);
  return { state: 'fitted', sample, intercept: (coefficients[0] ?? 0) - shift, heldOutAuc, penalty, ...draft };
}

/** Points of these features under a draft, as edited: the sum of points times number. */
export function draftPointsOf(
  weights: readonly { key: string; points: number }[],
  features: Readonly<Record<string, number>>,
): number {
  return weights.reduce((sum, { key, points }) => sum + points * (features[key] ?? 0), 0);
}

function usableRows(
  features: readonly WeightFeature[],
  rows: readonly FeatureRow[],
): { sample: FitSample; usable: LabelledRow[] } {
  const sample: FitSample = { won: 0, lost: 0, undecided: 0, leaking: 0 };
  const usable: LabelledRow[] = [];
  for (const row of rows) {
    if (!isDecided(row.outcome)) sample.undecided += 1;
    else if (row.decidedAt === null || row.featuresAt > row.decidedAt) sample.leaking += 1;
    else {
      sample[row.outcome === 'won' ? 'won' : 'lost'] += 1;
      const numbers = features.map(({ key }) => row.features[key] ?? 0);
      usable.push({ id: row.id, features: numbers, outcome: row.outcome === 'won' ? 1 : 0 });
    }
  }
  return { sample, usable: usable.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

function refusalsOf({ won, lost }: FitSample, deviations: readonly number[]): FitRefusal[] {
  const varying = deviations.filter((deviation) => deviation > 0).length;
  const rarer = Math.min(won, lost);
  const refusals: FitRefusal[] = [];
  if (rarer < FEWEST_CONVERSIONS) {
    const message = `${won} won and ${lost} lost leads; at least ${FEWEST_CONVERSIONS} of each are needed.`;
    refusals.push({ code: 'too-few-conversions', message });
  }
  if (rarer < FEWEST_CONVERSIONS_PER_FEATURE * varying) {
    const needed = FEWEST_CONVERSIONS_PER_FEATURE * varying;
    const message = `${varying} features need ${needed} leads of the rarer outcome; there are ${rarer}. Leave some out.`;
    refusals.push({ code: 'too-few-per-feature', message });
  }
  if (varying === 0) refusals.push({ code: 'nothing-varies', message: 'No feature differs between these leads.' });
  return refusals;
}

function checkRequest(features: readonly WeightFeature[], rows: readonly FeatureRow[]): void {
  if (new Set(features.map(({ key }) => key)).size !== features.length) {
    throw new RangeError('Two features have the same key.');
  }
  if (new Set(rows.map(({ id }) => id)).size !== rows.length) throw new RangeError('A lead has more than one row.');
  for (const { id, features: numbers, featuresAt, decidedAt } of rows) {
    const all = [featuresAt, decidedAt ?? 0, ...features.map(({ key }) => numbers[key] ?? 0)];
    if (!all.every(Number.isFinite)) throw new RangeError(`The row of lead ${id} holds a number that is not finite.`);
  }
}
