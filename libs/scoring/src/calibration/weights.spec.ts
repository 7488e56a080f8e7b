import fc from 'fast-check';
import { SEED } from '../event.fixture';
import { designOf, scaleOf } from './feature.scale';
import { fitLogistic, logLossOf, logOddsOf, standardErrorsOf } from './logistic.regression';
import { randomFrom } from './random.fixture';
import { draftWeights, type WeightFeature } from './weights.draft';
import { draftPointsOf, fitWeights, type FeatureRow, type WeightsFit } from './weights.fit';

const features: WeightFeature[] = [
  { target: 'signal', key: 'reply' },
  { target: 'signal', key: 'open' },
  { target: 'criterion', key: 'competitor' },
];
const TRUTH = { reply: 1.6, open: 0.2, competitor: -1.2 };

/** Leads that win with the chance that the truth gives them. */
function someRows(count: number, seed: number, more: Partial<FeatureRow> = {}): FeatureRow[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const numbers = {
      reply: Math.floor(random() * 3),
      open: Math.floor(random() * 8),
      competitor: Number(random() < 0.3),
    };
    const logOdds =
      -2 + TRUTH.reply * numbers.reply + TRUTH.open * numbers.open + TRUTH.competitor * numbers.competitor;
    const isWon = random() < 1 / (1 + Math.exp(-logOdds));
    return {
      id: `lead-${index}`,
      features: numbers,
      featuresAt: 5,
      outcome: isWon ? 'won' : 'lost',
      decidedAt: 5,
      ...more,
    };
  });
}

function fittedTo(rows: FeatureRow[], own = features): Extract<WeightsFit, { state: 'fitted' }> {
  const fit = fitWeights({ features: own, rows });
  if (fit.state === 'refused') throw new Error(fit.refusals.map(({ message }) => message).join(' '));
  return fit;
}

const problemOf = (rows: number[][], outcomes: number[], penalty: number) => ({
  design: designOf(rows, scaleOf(rows)),
  outcomes,
  penalty,
});

describe('logistic regression', () => {
  it('ends where the slope of the penalised loss is 0, on any data', () => {
    const arbitrary = fc.tuple(
      fc.array(
        fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1 })),
        {
          minLength: 4,
          maxLength: 60,
        },
      ),
      fc.constantFrom(0.001, 0.1, 5),
    );
    fc.assert(
      fc.property(arbitrary, ([triples, penalty]) => {
        const outcomes = triples.map(([, , outcome]) => outcome);
        if (new Set(outcomes).size < 2) return;
        const problem = problemOf(
          triples.map(([first, second]) => [first, second]),
          outcomes,
          penalty,
        );
        const fitted = fitLogistic(problem);
        const loss = (coefficients: number[]): number =>
          problem.design.reduce((sum, row, i) => sum + logLossOf(logOddsOf(row, coefficients), outcomes[i] ?? 0), 0) +
          (penalty / 2) * coefficients.slice(1).reduce((sum, value) => sum + value * value, 0);
        const nudged = (column: number, by: number): number =>
          loss(fitted.map((value, index) => (index === column ? value + by : value)));
        for (const column of fitted.keys()) {
          // A step worth less than half the tolerance of 1e-8 is not taken.
          for (const by of [-1e-3, 1e-3]) expect(nudged(column, by)).toBeGreaterThanOrEqual(loss(fitted) - 5e-9);
        }
      }),
      { seed: SEED },
    );
  });

  it('stays finite on outcomes that one feature separates completely', () => {
    const rows = Array.from({ length: 200 }, (_, index) => [index, index % 2]);
    for (const penalty of [1e-9, 1e-3, 1]) {
      const problem = problemOf(
        rows,
        rows.map((_, index) => Number(index >= 100)),
        penalty,
      );
      const coefficients = fitLogistic(problem);
      expect(coefficients.every(Number.isFinite)).toBe(true);
      expect(coefficients[1]).toBeGreaterThan(0);
      expect(standardErrorsOf(problem, coefficients).every((error) => Number.isFinite(error) && error > 0)).toBe(true);
    }
  });

  it('shares the effect out evenly between columns that repeat each other', () => {
    const rows = Array.from({ length: 60 }, (_, index) => [index % 7, index % 7]);
    const [, first, second] = fitLogistic(
      problemOf(
        rows,
        rows.map((_, index) => Number(index % 7 > 3 !== (index % 5 === 0))),
        1,
      ),
    );
    expect(first).toBeGreaterThan(0);
    expect(first).toBeCloseTo(second ?? 0, 9);
  });

  it('gives the log-odds and the error of a two-by-two table when hardly penalised', () => {
    // 30 of 40 against 20 of 60: log odds ratio ln(3 / 0.5), error by Woolf's formula.
    const rows = Array.from({ length: 100 }, (_, index) => [Number(index < 40)]);
    const outcomes = rows.map((_, index) => Number(index < 30 || (index >= 40 && index < 60)));
    const problem = problemOf(rows, outcomes, 1e-9);
    const deviation = scaleOf(rows).deviations[0] ?? 1;
    const coefficients = fitLogistic(problem);
    expect((coefficients[1] ?? 0) / deviation).toBeCloseTo(Math.log(6), 5);
    expect((standardErrorsOf(problem, coefficients)[1] ?? 0) / deviation).toBeCloseTo(
      Math.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 40),
      5,
    );
  });

  it('refuses a penalty of 0 and a single outcome', () => {
    expect(() => fitLogistic(problemOf([[1], [2]], [0, 1], 0))).toThrow(RangeError);
    expect(() => fitLogistic(problemOf([[1], [2]], [1, 1], 1))).toThrow(RangeError);
  });
});

describe('fitted weights', () => {
  it('W16: find the weights that made the leads win, within their intervals', () => {
    const fit = fittedTo(someRows(3_000, 11));
    for (const { key, coefficient, standardError, interval, points, isClear } of fit.weights) {
      const truth = new Map(Object.entries(TRUTH)).get(key) ?? 0;
      expect(Math.abs((coefficient ?? 0) - truth)).toBeLessThan(3 * (standardError ?? 0));
      expect(Math.abs(points - (10 * truth) / TRUTH.reply)).toBeLessThan(1.5);
      expect(interval.low).toBeLessThanOrEqual(points);
      expect(interval.high).toBeGreaterThanOrEqual(points);
      expect(isClear).toBe(true);
    }
    expect(fit.weights.map(({ target, key }) => ({ target, key }))).toEqual(features);
    expect(fit.weights[0]?.points).toBe(10);
    expect(fit.intercept).toBeCloseTo(-2, 0);
  });

  it('hold the truth in the 95 % interval about 95 times in 100', () => {
    let inside = 0;
    for (let seed = 1; seed <= 100; seed += 1) {
      const rows = someRows(400, seed);
      const numbers = rows.map(({ features: own }) => [own['reply'] ?? 0, own['open'] ?? 0, own['competitor'] ?? 0]);
      const problem = problemOf(
        numbers,
        rows.map(({ outcome }) => Number(outcome === 'won')),
        0.4,
      );
      const coefficients = fitLogistic(problem);
      const errors = standardErrorsOf(problem, coefficients);
      const deviation = scaleOf(numbers).deviations[0] ?? 1;
      inside += Number(Math.abs((coefficients[1] ?? 0) - TRUTH.reply * deviation) < 1.96 * (errors[1] ?? 0));
    }
    expect(inside).toBeGreaterThanOrEqual(90);
    expect(inside).toBeLessThanOrEqual(99);
  });

  it('are the same to the last digit in whatever order the leads come', () => {
    const rows = someRows(400, 3);
    expect(fittedTo(rows.toReversed())).toEqual(fittedTo(rows));
  });

  it('find nothing in noise: the leads held out are ranked no better than by chance', () => {
    const random = randomFrom(5);
    const noise = someRows(1_000, 4).map((row): FeatureRow => ({ ...row, outcome: random() < 0.5 ? 'won' : 'lost' }));
    const { heldOutAuc } = fittedTo(noise);
    expect(heldOutAuc?.interval.low).toBeLessThan(0.5);
    expect(heldOutAuc?.auc).toBeLessThan(0.56);
  });

  it('leave out features read after the decision, and decisions without an instant', () => {
    const honest = someRows(400, 8);
    const leaking = someRows(400, 9).map((row, index): FeatureRow => {
      const decidedAt = index % 2 === 0 ? null : row.featuresAt - 1;
      return { ...row, id: `late-${index}`, features: { reply: row.outcome === 'won' ? 9 : 0 }, decidedAt };
    });
    const open = someRows(20, 10, { outcome: 'open' }).map((row) => ({ ...row, id: `open-${row.id}` }));
    const fit = fittedTo([...honest, ...leaking, ...open]);
    expect(fit.sample).toMatchObject({ leaking: 400, undecided: 20 });
    expect(fit.sample.won + fit.sample.lost).toBe(400);
    expect(fit.weights).toEqual(fittedTo(honest).weights);
  });

  it('are refused below 50 won or lost leads, with the reason', () => {
    const rows = someRows(2_000, 6);
    const won = rows.filter(({ outcome }) => outcome === 'won').slice(0, 49);
    const lost = rows.filter(({ outcome }) => outcome === 'lost').slice(0, 500);
    expect(fitWeights({ features, rows: [...won, ...lost] })).toEqual({
      state: 'refused',
      sample: { won: 49, lost: 500, undecided: 0, leaking: 0 },
      refusals: [
        { code: 'too-few-conversions', message: '49 won and 500 lost leads; at least 50 of each are needed.' },
      ],
    });
    expect(fitWeights({ features, rows: [] })).toMatchObject({ state: 'refused' });
  });

  it('are refused below 10 of the rarer outcome for each feature that varies, with the reason', () => {
    const random = randomFrom(2);
    const many: WeightFeature[] = Array.from({ length: 6 }, (_, index) => ({ target: 'signal', key: `s${index}` }));
    const rows = Array.from({ length: 300 }, (_, index): FeatureRow => {
      const numbers = Object.fromEntries(many.map(({ key }) => [key, random()]));
      return { id: `${index}`, features: numbers, featuresAt: 0, decidedAt: 1, outcome: index < 59 ? 'won' : 'lost' };
    });
    expect(fitWeights({ features: many, rows })).toMatchObject({
      state: 'refused',
      refusals: [
        {
          code: 'too-few-per-feature',
          message: '6 features need 60 leads of the rarer outcome; there are 59. Leave some out.',
        },
      ],
    });
    expect(fitWeights({ features: many.slice(1), rows }).state).toBe('fitted');
  });

  it('are refused where no feature differs between the leads', () => {
    const rows = someRows(400, 1).map((row) => ({ ...row, features: { reply: 2 } }));
    expect(fitWeights({ features, rows })).toMatchObject({ state: 'refused', refusals: [{ code: 'nothing-varies' }] });
  });

  it('give 0 points and the whole range to a feature that never varies', () => {
    const own: WeightFeature[] = [...features, { target: 'criterion', key: 'never' }];
    expect(fittedTo(someRows(400, 1), own).weights[3]).toEqual({
      target: 'criterion',
      key: 'never',
      points: 0,
      interval: { low: -10, high: 10 },
      isClear: false,
      coefficient: null,
      standardError: null,
    });
  });

  it('stay finite where a feature gives the answer away', () => {
    const rows = someRows(400, 12).map((row) => ({
      ...row,
      features: { ...row.features, reply: Number(row.outcome === 'won') },
    }));
    const fit = fittedTo(rows);
    expect(fit.heldOutAuc?.auc).toBe(1);
    expect(fit.weights.every(({ coefficient }) => Number.isFinite(coefficient))).toBe(true);
    expect(fit.weights[0]?.points).toBe(10);
  });

  it.each([
    ['two rows of one lead', [...someRows(2, 1), ...someRows(1, 2)], features],
    ['a number that is not finite', someRows(3, 1, { features: { reply: Number.NaN } }), features],
    ['an instant that is not finite', someRows(3, 1, { decidedAt: Number.NaN }), features],
    ['two features of one key', someRows(3, 1), [...features, ...features]],
  ])('refuse %s as a mistake of the caller', (_, rows, own) => {
    expect(() => fitWeights({ features: own, rows })).toThrow(RangeError);
  });
});

describe('points from log-odds', () => {
  const [feature, other] = features;
  if (feature === undefined || other === undefined) throw new Error('There are features.');

  it('give the strongest the most points and say how many double the odds', () => {
    const { weights, pointsPerDoubling } = draftWeights(
      [
        { feature, coefficient: 2, standardError: 0.2, deviation: 2 },
        { feature: other, coefficient: -0.26, standardError: 0.3, deviation: 1 },
      ],
      { mostPoints: 10, stepPoints: 0.5 },
    );
    expect(weights).toMatchObject([
      { points: 10, interval: { low: 8, high: 12 }, isClear: true, coefficient: 1, standardError: 0.1 },
      { points: -2.5, interval: { low: -8.5, high: 3.5 }, isClear: false },
    ]);
    expect(pointsPerDoubling).toBeCloseTo(10 * Math.LN2, 12);
  });

  it('are all 0 where nothing has an effect', () => {
    const none = [{ feature, coefficient: 0, standardError: 0.1, deviation: 1 }];
    expect(draftWeights(none, { mostPoints: 10, stepPoints: 1 })).toMatchObject({
      weights: [{ points: 0, isClear: false }],
      pointsPerDoubling: Number.POSITIVE_INFINITY,
    });
  });

  it('add up to the points of a lead under the draft as edited', () => {
    const edited = [
      { key: 'reply', points: 10 },
      { key: 'competitor', points: -8 },
    ];
    expect(draftPointsOf(edited, { reply: 2, open: 40 })).toBe(20);
    expect(draftPointsOf(edited, { competitor: 1 })).toBe(-8);
  });
});
