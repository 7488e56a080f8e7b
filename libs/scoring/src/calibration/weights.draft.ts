import { Z_95, type Interval } from './lead.outcome';

/** What a feature stands for in a model document, and under which key. */
export interface WeightFeature {
  target: 'signal' | 'criterion';
  key: string;
}

/** A line of the draft: a proposal of points for a signal or a fit criterion, for a person to edit. */
export interface DraftWeight extends WeightFeature {
  /** Points for one unit of the feature. */
  points: number;
  /** 95 % interval of the points, rounded outwards; it always holds the points. */
  interval: Interval;
  /** The interval leaves out 0: the leads do show which way it works. */
  isClear: boolean;
  /** Log-odds for one unit of the feature, as fitted, with its standard error. Both null where it never varies. */
  coefficient: number | null;
  standardError: number | null;
}

/** How points are cut from log-odds. */
export interface PointsRounding {
  /** The strongest feature gets this many points. */
  mostPoints: number;
  /** Points are whole multiples of this. */
  stepPoints: number;
}

export interface WeightsDraft {
  weights: DraftWeight[];
  /** So many points double the odds of winning; Infinity where nothing has an effect. */
  pointsPerDoubling: number;
}

/** A fitted feature: log-odds per standard deviation, and that deviation in units of the feature (0: never varies). */
export interface FittedFeature {
  feature: WeightFeature;
  coefficient: number;
  standardError: number;
  deviation: number;
}

/**
 * Log-odds to points: per unit of the feature, scaled so that the strongest has `mostPoints`, rounded to steps. Adding
 * points then adds log-odds, as in a scorecard (N. Siddiqi, Credit Risk Scorecards, 2006, ch. 6: points to double the
 * odds). A feature that never varies gets 0 points and an interval over the whole range: nothing is known about it.
 */
export function draftWeights(
  fitted: readonly FittedFeature[],
  { mostPoints, stepPoints }: PointsRounding,
): WeightsDraft {
  const strongest = Math.max(0, ...fitted.map(perUnit).map(Math.abs));
  const pointsPerLogOdds = strongest === 0 ? 0 : mostPoints / strongest;
  const weights = fitted.map((one): DraftWeight => {
    const { feature, deviation, standardError } = one;
    if (deviation === 0) return unknownWeight(feature, mostPoints);
    const coefficient = perUnit(one);
    const ownError = standardError / deviation;
    const points = coefficient * pointsPerLogOdds;
    const half = Z_95 * ownError * pointsPerLogOdds;
    return {
      ...feature,
      points: stepped(points, stepPoints, Math.round),
      interval: {
        low: stepped(points - half, stepPoints, Math.floor),
        high: stepped(points + half, stepPoints, Math.ceil),
      },
      isClear: Math.abs(coefficient) > Z_95 * ownError,
      coefficient,
      standardError: ownError,
    };
  });
  return { weights, pointsPerDoubling: strongest === 0 ? Number.POSITIVE_INFINITY : Math.LN2 * pointsPerLogOdds };
}

function perUnit({ coefficient, deviation }: FittedFeature): number {
  return deviation === 0 ? 0 : coefficient / deviation;
}

function unknownWeight(feature: WeightFeature, mostPoints: number): DraftWeight {
  const interval = { low: -mostPoints, high: mostPoints };
  return { ...feature, points: 0, interval, isClear: false, coefficient: null, standardError: null };
}

/** A whole multiple of the step, free of the rounding of a product with a fraction and of a negative zero. */
function stepped(points: number, stepPoints: number, round: (value: number) => number): number {
  return Number((round(points / stepPoints) * stepPoints).toPrecision(12)) + 0;
}
