import type { ScoringModel } from '../model/model.schema';
import { modelIssues, parseModel } from '../model/model.validate';
import { finished, type FitSteps } from './fit.steps';
import type { DraftWeight, WeightFeature } from './weights.draft';
import { fittingWeights, type FitRefusal, type FitSample, type WeightsFit, type WeightsRequest } from './weights.fit';

/** Why a feature's points stay as they were. */
export interface FeatureRefusal {
  code: 'not-in-model' | 'disqualifies' | 'never-varies' | 'unclear' | 'against-the-model';
  /** For the person who asked, in English. */
  message: string;
}

/** What became of one feature of the request. */
export interface FeatureOutcome extends WeightFeature {
  /** Points in the model that was in force; null: it has no such signal or criterion. */
  pointsBefore: number | null;
  /** The fitted weight with its interval, whether or not it was taken over. */
  fitted: DraftWeight;
  /** Null: taken over. */
  refusal: FeatureRefusal | null;
}

/** A whole model with fitted weights, to be edited and published like any other draft; or why there is none. */
export type FittedModel =
  | { state: 'refused'; sample: FitSample; refusals: FitRefusal[] }
  | {
      state: 'fitted';
      sample: FitSample;
      heldOutAuc: Extract<WeightsFit, { state: 'fitted' }>['heldOutAuc'];
      /** Valid as it is. */
      document: ScoringModel;
      features: FeatureOutcome[];
    };

/**
 * The model with the points of {@link fitWeights} in place of those of its signals and fit criteria. A feature whose
 * leads do not show which way it works keeps its points, as does one under whose points the model would not be valid;
 * each with its reason. Everything else of the model stays as it is. Throws as `fitWeights` does, and
 * {@link InvalidModelError} for a model that is not valid to begin with.
 */
export function fittedModel(base: ScoringModel, request: WeightsRequest): FittedModel {
  return finished(fittingModel(base, request));
}

/** As {@link fittedModel}, in a few dozen steps of like length. */
export function* fittingModel(base: ScoringModel, request: WeightsRequest): FitSteps<FittedModel> {
  let document = parseModel(base);
  const fit = yield* fittingWeights(request);
  if (fit.state === 'refused') return fit;
  const { sample, heldOutAuc, weights } = fit;
  const features = weights.map((fitted): FeatureOutcome => {
    const { target, key } = fitted;
    const changed = withPoints(document, fitted);
    const refusal = refusalOf(base, fitted) ?? brokenBy(changed);
    if (refusal === null) document = changed;
    return { target, key, pointsBefore: pointsIn(base, fitted), fitted, refusal };
  });
  return { state: 'fitted', sample, heldOutAuc, document, features };
}

function pointsIn({ engagement, fit }: ScoringModel, { target, key }: WeightFeature): number | null {
  return target === 'signal'
    ? (engagement.signals.find((signal) => signal.key === key)?.weightPoints ?? null)
    : (fit.criteria.find((criterion) => criterion.key === key)?.points ?? null);
}

function brokenBy(document: ScoringModel): FeatureRefusal | null {
  const [issue] = modelIssues(document);
  return issue === undefined ? null : { code: 'against-the-model', message: issue.message };
}

function refusalOf(base: ScoringModel, weight: DraftWeight): FeatureRefusal | null {
  const { target, key, interval, coefficient, isClear } = weight;
  if (pointsIn(base, weight) === null) {
    return { code: 'not-in-model', message: `The model has no ${target} "${key}".` };
  }
  const isDisqualifier =
    target === 'criterion' && base.fit.criteria.some((one) => one.key === key && one.isDisqualifier);
  if (isDisqualifier) return { code: 'disqualifies', message: 'It disqualifies, whatever its points are.' };
  if (coefficient === null) return { code: 'never-varies', message: 'It is the same for every lead.' };
  if (isClear) return null;
  const range = `${interval.low} to ${interval.high} points`;
  return { code: 'unclear', message: `These leads do not show which way it works: ${range}.` };
}

function withPoints(base: ScoringModel, { target, key, points }: DraftWeight): ScoringModel {
  if (target === 'signal') {
    const signals = base.engagement.signals.map((one) => (one.key === key ? { ...one, weightPoints: points } : one));
    return { ...base, engagement: { ...base.engagement, signals } };
  }
  const criteria = base.fit.criteria.map((one) => (one.key === key ? { ...one, points } : one));
  return { ...base, fit: { ...base.fit, criteria } };
}
