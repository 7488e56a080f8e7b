import { Z_95, type Interval } from './lead.outcome';

/**
 * The 95 % score interval of a share: `successes` of `trials`, both whole numbers. null without a trial.
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927) 209–212;
 * recommended for small counts by R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, method 3.
 */
export function wilsonInterval(successes: number, trials: number): Interval | null {
  if (trials === 0) return null;
  const square = Z_95 * Z_95;
  const middle = (successes + square / 2) / (trials + square);
  const spread = (successes * (trials - successes)) / trials + square / 4;
  const half = (Z_95 * Math.sqrt(spread)) / (trials + square);
  return {
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === trials ? 1 : Math.min(1, middle + half),
  };
}
