import fc from 'fast-check';
import { DAY_MS } from '../profile';
import { SEED } from '../event.fixture';
import { engagementBandShares, proposeBands, usageTierShares } from './band.proposal';
import { calibrationReport } from './calibration.report';
import { conversionBy } from './conversion.table';
import { conversionByDecile } from './decile.table';
import type { Outcome, ScoredLead } from './lead.outcome';
import { randomFrom } from './random.fixture';
import { hanleyMcNeilError, rankAuc } from './rank.auc';
import { wilsonInterval } from './wilson.interval';

const aLead = (more: Partial<ScoredLead> = {}): ScoredLead => ({
  score: 50,
  band: 'medium',
  fit: 'B',
  outcome: 'lost',
  ...more,
});
const leadsOf = (count: number, more: Partial<ScoredLead>): ScoredLead[] =>
  Array.from({ length: count }, () => aLead(more));

const outcomes = fc.constantFrom<Outcome>('won', 'lost', 'open', 'unknown');
const someLeads = fc.array(
  fc.record({
    score: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null, freq: 8 }),
    band: fc.constantFrom('high', 'medium', 'low', null),
    fit: fc.constantFrom('A', 'B', null),
    outcome: outcomes,
  }),
  { maxLength: 120 },
);
const check = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void =>
  fc.assert(fc.property(arbitrary, holds), { seed: SEED });

describe('the interval of a share', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('R11: %i of %i is the published %d to %d', (successes, trials, low, high) => {
    expect(wilsonInterval(successes, trials)?.low).toBeCloseTo(low, 4);
    expect(wilsonInterval(successes, trials)?.high).toBeCloseTo(high, 4);
  });

  it('ends where the score test of the share gives exactly 95 %', () => {
    check(
      fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true })),
      ([trials, share]) => {
        const successes = Math.round(share * trials);
        const interval = wilsonInterval(successes, trials);
        if (interval === null) throw new Error('There are trials.');
        const rate = successes / trials;
        expect(interval.low).toBeLessThanOrEqual(rate);
        expect(interval.high).toBeGreaterThanOrEqual(rate);
        for (const end of [interval.low, interval.high]) {
          if (end === 0 || end === 1) continue;
          expect(Math.abs(rate - end) / Math.sqrt((end * (1 - end)) / trials)).toBeCloseTo(1.959964, 5);
        }
      },
    );
  });

  it('is none without a trial', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('how well a score ranks', () => {
  it('is the share of pairs in which the won lead is above, a tie counting half, counted one by one', () => {
    const rows = fc.array(fc.record({ score: fc.integer({ min: -5, max: 5 }), isWon: fc.boolean() }), {
      maxLength: 60,
    });
    check(rows, (ranked) => {
      let halves = 0;
      let pairs = 0;
      for (const winner of ranked.filter(({ isWon }) => isWon)) {
        for (const loser of ranked.filter(({ isWon }) => !isWon)) {
          pairs += 1;
          halves += winner.score > loser.score ? 2 : winner.score === loser.score ? 1 : 0;
        }
      }
      const auc = rankAuc(ranked);
      if (pairs === 0) expect(auc).toBeNull();
      else expect(auc?.auc).toBeCloseTo(halves / (2 * pairs), 12);
    });
  });

  it('keeps its value under any rising change of the scores and turns over with their sign', () => {
    const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 30 }), isWon: fc.boolean() }), { minLength: 2 });
    check(rows, (ranked) => {
      const auc = rankAuc(ranked)?.auc;
      if (auc === undefined) return;
      expect(rankAuc(ranked.map((row) => ({ ...row, score: Math.exp(row.score) - 7 })))?.auc).toBeCloseTo(auc, 12);
      expect(rankAuc(ranked.map((row) => ({ ...row, score: -row.score })))?.auc).toBeCloseTo(1 - auc, 12);
    });
  });

  it('has the standard error that the areas of many samples scatter by', () => {
    // Scores with exponential distributions are the case for which Hanley and McNeil's formula is exact.
    const random = randomFrom(SEED);
    const ratio = 6;
    const exponential = (mean: number): number => -mean * Math.log(1 - random());
    const areas = Array.from({ length: 1_000 }, () => {
      const won = Array.from({ length: 51 }, () => ({ score: exponential(ratio), isWon: true }));
      const lost = Array.from({ length: 58 }, () => ({ score: exponential(1), isWon: false }));
      return rankAuc([...won, ...lost])?.auc ?? 0;
    });
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    const scatter = Math.sqrt(areas.reduce((sum, area) => sum + (area - mean) ** 2, 0) / areas.length);
    expect(mean).toBeCloseTo(ratio / (1 + ratio), 2);
    expect(Math.abs(hanleyMcNeilError(ratio / (1 + ratio), 51, 58) / scatter - 1)).toBeLessThan(0.08);
  });

  it('has the error of a single yes or no with one lead each, and none where it is perfect', () => {
    expect(hanleyMcNeilError(0.7, 1, 1)).toBeCloseTo(Math.sqrt(0.7 * 0.3), 12);
    expect(hanleyMcNeilError(1, 51, 58)).toBe(0);
  });

  it('refuses a score that is not a number', () => {
    expect(() => rankAuc([{ score: Number.NaN, isWon: true }])).toThrow(RangeError);
  });
});

describe('conversion by category', () => {
  it('R11: counts won of decided, keeping open and unknown outcomes apart', () => {
    const leads = [
      ...leadsOf(30, { band: 'high', outcome: 'won' }),
      ...leadsOf(10, { band: 'high', outcome: 'lost' }),
      ...leadsOf(7, { band: 'high', outcome: 'open' }),
      ...leadsOf(3, { band: 'high', outcome: 'unknown' }),
      ...leadsOf(40, { band: 'low', outcome: 'lost' }),
    ];
    const [high, low] = conversionBy(leads, ({ band }) => band).rows;
    expect(high).toMatchObject({ key: 'high', leads: 50, won: 30, lost: 10, open: 7, unknown: 3, decided: 40 });
    expect(high).toMatchObject({ rate: 0.75, interval: wilsonInterval(30, 40), isThin: false });
    expect(high?.lift).toBeCloseTo(0.75 / (30 / 80), 12);
    expect(low).toMatchObject({ rate: 0, lift: 0 });
  });

  it('B8: sets the churned share of a plan against that of all', () => {
    const customers = [
      ...Array.from({ length: 60 }, (_, index) => ({ plan: 'free', outcome: index < 30 ? 'won' : 'lost' }) as const),
      ...Array.from({ length: 140 }, (_, index) => ({ plan: 'paid', outcome: index < 14 ? 'won' : 'lost' }) as const),
    ];
    const { total, rows } = conversionBy(customers, ({ plan }) => plan);
    expect(total.rate).toBeCloseTo(44 / 200, 12);
    expect(rows.map(({ key, rate }) => [key, rate])).toEqual([
      ['free', 0.5],
      ['paid', 0.1],
    ]);
    expect(rows[0]?.lift).toBeCloseTo(0.5 / 0.22, 12);
  });

  it('puts every lead into exactly one row, so that the rows add up to the total', () => {
    check(someLeads, (leads) => {
      const report = calibrationReport(leads);
      for (const { total, rows } of [report.bands, report.cells, report.deciles]) {
        for (const column of ['leads', 'won', 'lost', 'open', 'unknown', 'decided'] as const) {
          expect(rows.reduce((sum, row) => sum + row[column], 0)).toBe(total[column]);
        }
      }
      expect(report.bands.total.leads).toBe(leads.length);
    });
  });

  it('R11: warns of every row with fewer than 30 decided leads and of none with 30', () => {
    const report = calibrationReport([
      ...leadsOf(29, { band: 'high', fit: null, score: 90, outcome: 'won' }),
      ...leadsOf(30, { band: null, fit: 'A', score: null, outcome: 'lost' }),
    ]);
    expect(report.bands.rows.map(({ key, isThin }) => [key, isThin])).toEqual([
      ['high', true],
      [null, false],
    ]);
    expect(report.cells.rows.map(({ key, band, fit }) => [key, band, fit])).toEqual([
      ['high × unknown', 'high', null],
      ['no score × A', null, 'A'],
    ]);
    expect(report.warnings).toEqual([
      'The score cannot be judged before at least one lead is won and one lost.',
      'The band high has 29 decided leads; below 30 a rate means little.',
      'The cell high × unknown has 29 decided leads; below 30 a rate means little.',
      'The decile 6 has 29 decided leads; below 30 a rate means little.',
    ]);
  });

  it('R11: says whether the score ranks better than chance', () => {
    const good = [...leadsOf(40, { score: 80, outcome: 'won' }), ...leadsOf(40, { score: 20, outcome: 'lost' })];
    expect(calibrationReport(good)).toMatchObject({ isBetterThanChance: true, auc: { auc: 1, won: 40, lost: 40 } });
    const blind = [...leadsOf(40, { outcome: 'won' }), ...leadsOf(40, { outcome: 'lost' })];
    expect(calibrationReport(blind)).toMatchObject({ isBetterThanChance: false, auc: { auc: 0.5 } });
    expect(calibrationReport(blind).warnings).toContain(
      'The score does not rank won leads above lost ones better than chance would.',
    );
  });

  it('leaves out scores that were read after the decision, and says how many', () => {
    const report = calibrationReport([
      aLead({ outcome: 'won', scoredAt: 9 * DAY_MS, decidedAt: 9 * DAY_MS }),
      aLead({ outcome: 'won', scoredAt: 9 * DAY_MS + 1, decidedAt: 9 * DAY_MS }),
      aLead({ outcome: 'unknown' }),
    ]);
    expect(report).toMatchObject({ scoredAfterDecision: 1, bands: { total: { leads: 2, won: 1 } } });
    expect(report.warnings).toContain('Leads left out because their score was read after the decision: 1.');
    expect(report.warnings).toContain('Leads whose outcome is unknown: 1 of 2.');
  });
});

describe('conversion by decile', () => {
  it('R11: makes ten rows of equal size from scores that all differ, the highest first', () => {
    const leads = Array.from({ length: 200 }, (_, index) =>
      aLead({ score: index, outcome: index < 150 ? 'lost' : 'won' }),
    );
    const { rows } = conversionByDecile(leads);
    expect(rows.map(({ leads: count }) => count)).toEqual(Array.from({ length: 10 }, () => 20));
    expect(rows[0]).toMatchObject({ key: '1', minScore: 180, maxScore: 199, rate: 1 });
    expect(rows[9]).toMatchObject({ key: '10', minScore: 0, maxScore: 19, rate: 0 });
    expect(rows[2]?.rate).toBe(0.5);
  });

  it('never tears equal scores apart nor puts a higher score into a lower decile', () => {
    check(someLeads, (leads) => {
      const { rows } = conversionByDecile(leads);
      const filled = rows.filter(({ key, leads: count }) => key !== null && count > 0);
      filled.slice(1).forEach((row, index) => {
        expect(row.maxScore ?? 0).toBeLessThan(filled[index]?.minScore ?? 0);
      });
      expect(rows.filter(({ key }) => key !== null)).toHaveLength(10);
    });
  });

  it('keeps leads without a score in a row of their own and refuses scores that are no number', () => {
    const { rows } = conversionByDecile([aLead({ score: null, outcome: 'won' }), aLead()]);
    expect(rows.at(-1)).toMatchObject({ key: null, leads: 1, won: 1, minScore: null });
    expect(() => conversionByDecile([aLead({ score: Number.POSITIVE_INFINITY })])).toThrow(RangeError);
  });
});

describe('bands cut from the real distribution', () => {
  it('M16: proposes the cut-offs at the 25th, 50th and 90th percentile with what they would hold', () => {
    const counts = Array.from({ length: 100 }, (_, index) => index);
    expect(proposeBands(counts, usageTierShares)).toEqual({
      bands: [
        { key: 'power', percentile: 90, minValue: 90, leads: 10, share: 0.1 },
        { key: 'active', percentile: 50, minValue: 50, leads: 40, share: 0.4 },
        { key: 'at-risk', percentile: 25, minValue: 25, leads: 25, share: 0.25 },
        { key: 'dormant', percentile: 0, minValue: 0, leads: 25, share: 0.25 },
      ],
      values: 100,
      isThin: false,
    });
  });

  it('M16: shows a band that would stay empty because too many leads share one score', () => {
    const { bands, isThin } = proposeBands([0, 0, 0, 0, 0, 0, 0, 40], engagementBandShares);
    expect(bands.map(({ key, minValue, leads }) => [key, minValue, leads])).toEqual([
      ['high', 40, 1],
      ['medium', 0, 7],
      ['low', 0, 0],
    ]);
    expect(isThin).toBe(true);
  });

  it('gives no band more than its share unless equal values force it, and puts every value into one', () => {
    check(fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 80 }), (values) => {
      const { bands } = proposeBands(values, engagementBandShares);
      expect(bands.reduce((sum, { leads }) => sum + leads, 0)).toBe(values.length);
      expect(bands[0]?.leads).toBe(Math.max(1, Math.floor(values.length / 10)));
    });
  });

  it.each([
    ['no values', [], engagementBandShares],
    ['a negative value', [-1], engagementBandShares],
    ['percentiles that do not fall', [1], [...usageTierShares].reverse()],
    ['a lowest band that does not start at 0', [1], [{ key: 'high', percentile: 90 }]],
  ])('refuses %s', (_, values, shares) => {
    expect(() => proposeBands(values, shares)).toThrow(RangeError);
  });
});
