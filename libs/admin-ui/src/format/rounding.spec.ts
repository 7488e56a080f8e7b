import fc from 'fast-check';
import { roundToTotal } from './rounding';

const cents = (value: number): number => Math.round(value * 100);

describe('shares that add up as shown', () => {
  it('gives the missing cent to the share that lost most by rounding', () => {
    expect(roundToTotal([1.004, 1.004, 1.004], 2)).toEqual({ shares: [1.01, 1, 1], total: 3.01 });
  });

  it('adds up for any mix of gains and losses, each share within one cent of its value', () => {
    const points = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.array(points, { maxLength: 30 }), (values) => {
        const { shares, total } = roundToTotal(values, 2);
        expect(shares.reduce((sum, share) => sum + cents(share), 0)).toBe(cents(total));
        shares.forEach((share, index) => expect(Math.abs(share - (values[index] ?? 0))).toBeLessThanOrEqual(0.010001));
      }),
      { seed: 20261121 },
    );
  });
});
