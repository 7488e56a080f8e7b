/** Lanczos coefficients for g = 7, n = 9 (P. Godfrey's fit): relative error below 1e-14 for x > 0. */
const LANCZOS_G = 7;
const LANCZOS_FIRST = 0.999_999_999_999_809_93;
const LANCZOS: readonly number[] = [
  676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_13, -176.615_029_162_140_59,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6, 1.505_632_735_149_311_6e-7,
];

/**
 * Natural logarithm of the gamma function for x ≥ 0.5.
 * C. Lanczos, "A Precision Approximation of the Gamma Function", SIAM J. Numer. Anal. B 1 (1964).
 */
export function logGamma(x: number): number {
  const z = x - 1;
  const t = z + LANCZOS_G + 0.5;
  const sum = LANCZOS.reduce((total, coefficient, index) => total + coefficient / (z + index + 1), LANCZOS_FIRST);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * P(X ≥ count) for a negative binomial X with `shape` r > 0 and `share` q in (0, 1):
 * P(X = i) = Γ(r + i) / (i! Γ(r)) · (1 − q)^r · q^i. This is a Poisson count whose rate is Gamma distributed.
 * Sums the shorter side by the ratio of neighbouring terms, so a tiny tail keeps its digits.
 * N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions, ch. 5.
 */
export function negativeBinomialTail(count: number, shape: number, share: number): number {
  if (count <= 0) return 1;
  const mean = (shape * share) / (1 - share);
  if (count <= mean) return Math.max(0, 1 - sumOfTerms(0, count - 1, shape, share));
  return Math.min(1, sumOfTerms(count, Number.POSITIVE_INFINITY, shape, share));
}

function sumOfTerms(from: number, to: number, shape: number, share: number): number {
  const logTerm =
    logGamma(shape + from) - logGamma(from + 1) - logGamma(shape) + shape * Math.log1p(-share) + from * Math.log(share);
  let term = Math.exp(logTerm);
  let sum = 0;
  for (let index = from; index <= to; index += 1) {
    sum += term;
    const ratio = ((shape + index) / (index + 1)) * share;
    term *= ratio;
    if (ratio < 1 && term <= sum * 1e-17) break;
  }
  return sum;
}
