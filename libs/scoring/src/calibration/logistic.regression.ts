import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { FeatureVector } from './feature.scale';

/** Rows of features with the outcome of each (1 won, 0 lost); every row of the design starts with the constant 1. */
export interface LogisticProblem {
  design: readonly FeatureVector[];
  outcomes: readonly number[];
  /** Weight of ½·β² of every coefficient but the constant's; above 0. */
  penalty: number;
}

interface Position {
  coefficients: number[];
  logOdds: number[];
  loss: number;
}

const MOST_STEPS = 60;
const MOST_HALVINGS = 40;
/** A Newton step by less than the root of this, in standard errors, is not taken. */
const TOLERANCE = 1e-8;
/** Rows that are certain by now keep a trace of information, so that the matrix stays positive definite. */
const LEAST_INFORMATION = 1e-12;

/**
 * L2-regularised logistic regression: log-odds per unit of each column, the constant first. Newton's method, which is
 * iteratively reweighted least squares, with step halving. The objective is strictly convex for a penalty above 0, so it
 * converges on separable data and on columns that repeat each other, too. Throws RangeError unless both outcomes occur
 * and the penalty is above 0.
 * S. le Cessie, J. C. van Houwelingen, "Ridge Estimators in Logistic Regression", Applied Statistics 41 (1992) 191–201.
 */
export function fitLogistic(problem: LogisticProblem, start?: readonly number[]): number[] {
  if (!(problem.penalty > 0)) throw new RangeError('The penalty must be above 0.');
  if (!problem.outcomes.includes(0) || !problem.outcomes.includes(1)) throw new RangeError('Both outcomes must occur.');
  let position = positionAt(problem, start ?? (problem.design[0] ?? []).map(() => 0));
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = nextPosition(problem, position);
    if (next === null) break;
    position = next;
  }
  return position.coefficients;
}

/**
 * Standard errors of fitted coefficients, in their order: those of the posterior under the Gaussian prior that the
 * penalty is (Laplace: inverse of the penalised information). They are wider than the sandwich of le Cessie and van
 * Houwelingen, which narrows towards 0 as the penalty shrinks everything.
 */
export function standardErrorsOf(problem: LogisticProblem, coefficients: readonly number[]): number[] {
  const inverse = informationAt(problem, positionAt(problem, coefficients)).solve(Matrix.eye(coefficients.length));
  return inverse.diagonal().map((variance) => Math.sqrt(Math.max(0, variance)));
}

/** Log-odds of a row that starts with the constant 1. */
export function logOddsOf(row: FeatureVector, coefficients: readonly number[]): number {
  let sum = 0;
  for (let column = 0; column < coefficients.length; column += 1)
    sum += (row[column] ?? 0) * (coefficients[column] ?? 0);
  return sum;
}

/** −log of the chance that these log-odds gave to what happened (1 won, 0 lost), without overflow. */
export function logLossOf(logOdds: number, outcome: number): number {
  const against = outcome === 1 ? -logOdds : logOdds;
  return Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against)));
}

/** One Newton step, halved until the loss falls; null at the optimum. */
function nextPosition(problem: LogisticProblem, position: Position): Position | null {
  const gradient = gradientAt(problem, position);
  const direction = informationAt(problem, position).solve(Matrix.columnVector(gradient)).to1DArray();
  const slope = gradient.reduce((sum, value, index) => sum + value * (direction[index] ?? 0), 0);
  if (!(slope > TOLERANCE)) return null;
  for (let halving = 0; halving < MOST_HALVINGS; halving += 1) {
    const length = 0.5 ** halving;
    const moved = position.coefficients.map((value, index) => value - length * (direction[index] ?? 0));
    const next = positionAt(problem, moved);
    if (next.loss < position.loss) return next;
  }
  return null;
}

function positionAt({ design, outcomes, penalty }: LogisticProblem, coefficients: readonly number[]): Position {
  const logOdds = design.map((row) => logOddsOf(row, coefficients));
  const squares = coefficients.slice(1).reduce((sum, value) => sum + value * value, 0);
  const loss = logOdds.reduce((sum, value, row) => sum + logLossOf(value, outcomes[row] ?? 0), (penalty * squares) / 2);
  return { coefficients: [...coefficients], logOdds, loss };
}

function gradientAt({ design, outcomes, penalty }: LogisticProblem, { coefficients, logOdds }: Position): number[] {
  const gradient = coefficients.map((value, column) => (column === 0 ? 0 : penalty * value));
  design.forEach((row, index) => {
    const error = chanceOf(logOdds[index] ?? 0) - (outcomes[index] ?? 0);
    for (let column = 0; column < gradient.length; column += 1) {
      gradient[column] = (gradient[column] ?? 0) + error * (row[column] ?? 0);
    }
  });
  return gradient;
}

/** The rows' outer products weighted by their information, plus the penalty: the lower half is summed and mirrored. */
function informationAt(
  { design, penalty }: LogisticProblem,
  { coefficients, logOdds }: Position,
): CholeskyDecomposition {
  const half = coefficients.map((_, line) => new Float64Array(line + 1));
  design.forEach((row, index) => {
    const value = logOdds[index] ?? 0;
    addOuterProduct(half, row, Math.max(LEAST_INFORMATION, chanceOf(value) * chanceOf(-value)));
  });
  half.forEach((sums, line) => (sums[line] = (sums[line] ?? 0) + (line === 0 ? 0 : penalty)));
  const at = (line: number, column: number): number => half[Math.max(line, column)]?.[Math.min(line, column)] ?? 0;
  const mirrored = coefficients.map((_, line) => coefficients.map((__, column) => at(line, column)));
  return new CholeskyDecomposition(new Matrix(mirrored));
}

function addOuterProduct(half: readonly Float64Array[], row: FeatureVector, weight: number): void {
  for (let line = 0; line < half.length; line += 1) {
    const sums = half[line];
    const factor = weight * (row[line] ?? 0);
    if (sums === undefined || factor === 0) continue;
    for (let column = 0; column <= line; column += 1) sums[column] = (sums[column] ?? 0) + factor * (row[column] ?? 0);
  }
}

function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
