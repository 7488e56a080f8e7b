import fc from 'fast-check';
import { SEED } from '../event.fixture';
import { MOST_MAGNITUDE, timesPowerOfTwo } from './exponent';
import { firstInstantWhere } from './first.instant';
import { logGamma, negativeBinomialTail } from './gamma.distribution';

describe('numbers that stay numbers', () => {
  it('multiplies by any power of two without overflow, underflow trouble or NaN', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e300, max: 1e300, noNaN: true }),
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        (value, exponent) => {
          const result = timesPowerOfTwo(value, exponent);
          expect(Number.isFinite(result)).toBe(true);
          expect(Math.abs(result)).toBeLessThanOrEqual(MOST_MAGNITUDE);
          expect(result * value).toBeGreaterThanOrEqual(0);
        },
      ),
      { seed: SEED },
    );
  });

  it('is the plain product wherever a double holds it', () => {
    expect(timesPowerOfTwo(3, -5)).toBe(3 / 32);
    expect(timesPowerOfTwo(2 ** 600, -1_200)).toBe(2 ** -600);
    expect(timesPowerOfTwo(-(2 ** -600), 1_000)).toBe(-(2 ** 400));
    expect(timesPowerOfTwo(0, 1e9)).toBe(0);
  });

  it('finds the first ms of a lasting truth however rough the estimate', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e14 }), fc.integer({ min: -1e6, max: 1e6 }), (first, error) => {
        expect(firstInstantWhere(first + error + 0.3, (at) => at >= first)).toBe(first);
      }),
      { seed: SEED },
    );
  });
});

it('refuses to search from no number at all', () => {
  expect(() => firstInstantWhere(Number.NaN, () => true)).toThrow(RangeError);
});

describe('the Gamma–Poisson tail', () => {
  it('has a log-gamma that agrees with factorials and with the half-integer values', () => {
    let logFactorial = 0;
    for (let n = 1; n < 170; n += 1) {
      expect(logGamma(n)).toBeCloseTo(logFactorial, 9);
      logFactorial += Math.log(n);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(2.5)).toBeCloseTo(Math.log((3 * Math.sqrt(Math.PI)) / 4), 12);
  });

  it('agrees with a sum of all terms built up by products alone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0.02, max: 0.6, noNaN: true }),
        (count, shape, share) => {
          let term = (1 - share) ** shape;
          let below = 0;
          let above = 0;
          for (let index = 0; index < 3_000; index += 1) {
            if (index < count) below += term;
            else above += term;
            term *= ((shape + index) / (index + 1)) * share;
          }
          expect(below + above).toBeCloseTo(1, 9);
          expect(Math.abs(negativeBinomialTail(count, shape, share) - above)).toBeLessThan(1e-10);
        },
      ),
      { seed: SEED },
    );
  });

  it('keeps the digits of a tiny tail', () => {
    // With shape 1 the count is geometric: P(X >= k) = q^k.
    for (const count of [1, 3, 10, 40]) {
      const exact = 0.08 ** count;
      expect(Math.abs(negativeBinomialTail(count, 1, 0.08) / exact - 1)).toBeLessThan(1e-11);
    }
  });
});
