import { modelDifferences } from '../model-document/model.difference';
import { defaultModel } from '../model/default.model';
import type { ScoringModel } from '../model/model.schema';
import { modelIssues } from '../model/model.validate';
import { fittedModel, type FittedModel } from './model.draft';
import { randomFrom } from './random.fixture';
import type { WeightFeature } from './weights.draft';
import type { FeatureRow } from './weights.fit';

const features: WeightFeature[] = [
  { target: 'signal', key: 'reply' },
  { target: 'signal', key: 'email-open' },
  { target: 'criterion', key: 'company-size' },
];
const TRUTH: Readonly<Record<string, number>> = { reply: 1.6, 'email-open': 0, 'company-size': 0.8 };

/** Leads that win by their replies and the size of their company, never by what they open. */
function someRows(count: number, keys: readonly string[] = Object.keys(TRUTH)): FeatureRow[] {
  const random = randomFrom(7);
  return Array.from({ length: count }, (_, index) => {
    const numbers = Object.fromEntries(keys.map((key) => [key, Math.floor(random() * 4)]));
    const logOdds = keys.reduce((sum, key) => sum + (TRUTH[key] ?? 0) * (numbers[key] ?? 0), -3);
    const outcome = random() < 1 / (1 + Math.exp(-logOdds)) ? 'won' : 'lost';
    return { id: `lead-${index}`, features: numbers, featuresAt: 1, decidedAt: 2, outcome };
  });
}

function fitted(base: ScoringModel, own = features, rows = someRows(1_500)): Extract<FittedModel, { state: 'fitted' }> {
  const model = fittedModel(base, { features: own, rows });
  if (model.state === 'refused') throw new Error('refused');
  return model;
}

describe('a model with fitted weights', () => {
  it('W16: is a whole valid draft in which what made leads win has the points it was found to have', () => {
    const { document, features: outcomes, heldOutAuc } = fitted(defaultModel);
    expect(modelIssues(document)).toEqual([]);
    const [reply, opened, size] = outcomes;
    expect(reply).toMatchObject({ pointsBefore: 10, refusal: null, fitted: { points: 10, isClear: true } });
    expect(size).toMatchObject({ pointsBefore: 30, refusal: null, fitted: { points: 5 } });
    expect(opened?.refusal?.code).toBe('unclear');
    expect(opened?.refusal?.message).toBe(
      `These leads do not show which way it works: ${opened?.fitted.interval.low} to ${opened?.fitted.interval.high} points.`,
    );
    expect(heldOutAuc?.auc).toBeGreaterThan(0.8);
  });

  it('differs from the model in force by those points alone, each told in a line', () => {
    const { document } = fitted(defaultModel);
    expect(modelDifferences(defaultModel, document).map(({ words, needsEvents }) => [words, needsEvents])).toEqual([
      ['Company has 50 to 5,000 employees: 30 → 5 points', false],
    ]);
  });

  it('leaves alone what is not there, what disqualifies and what never varies, with the reason', () => {
    const own: WeightFeature[] = [
      { target: 'signal', key: 'reply' },
      { target: 'signal', key: 'company-size' },
      { target: 'criterion', key: 'excluded-company' },
      { target: 'criterion', key: 'industry' },
    ];
    const rows = someRows(1_500, ['reply', 'company-size', 'excluded-company']);
    const { document, features: outcomes } = fitted(defaultModel, own, rows);
    expect(outcomes.map(({ refusal }) => refusal?.code ?? null)).toEqual([
      null,
      'not-in-model',
      'disqualifies',
      'never-varies',
    ]);
    expect(outcomes[1]).toMatchObject({
      pointsBefore: null,
      refusal: { message: 'The model has no signal "company-size".' },
    });
    expect(document).toEqual(defaultModel);
  });

  it('refuses points that would turn a signal against the others of its limited group', () => {
    const { engagement } = defaultModel;
    const grouped = engagement.signals.map((signal) =>
      ['unsubscribe', 'bounce', 'reply'].includes(signal.key)
        ? { ...signal, group: 'mail', weightPoints: -Math.abs(signal.weightPoints) }
        : signal,
    );
    const groups = [{ key: 'mail', label: 'Mail', mostPoints: 20 }];
    const base = { ...defaultModel, engagement: { ...engagement, groups, signals: grouped } };
    const { document, features: outcomes } = fitted(base);
    expect(outcomes[0]).toMatchObject({
      pointsBefore: -10,
      fitted: { points: 10 },
      refusal: { code: 'against-the-model' },
    });
    expect(outcomes[2]?.refusal).toBeNull();
    expect(modelIssues(document)).toEqual([]);
  });

  it('is refused below the stated sample, with the reason and the count', () => {
    expect(fittedModel(defaultModel, { features, rows: someRows(90) })).toMatchObject({
      state: 'refused',
      refusals: [{ code: 'too-few-conversions', message: expect.stringContaining('at least 50 of each are needed') }],
    });
  });
});
