import { page, tracked } from '../event.fixture';
import { defaultModel } from './default.model';
import { compileModel } from './model.compile';
import { type ScoringModel, scoringModelSchema } from './model.schema';
import { InvalidModelError, modelIssues } from './model.validate';

const changed = (change: (copy: ScoringModel) => void): ScoringModel => {
  const copy = scoringModelSchema.parse(JSON.parse(JSON.stringify(defaultModel)));
  change(copy);
  return copy;
};
const pathsOf = (document: unknown): string[] => modelIssues(document).map(({ path }) => path);

describe('the model that ships', () => {
  const model = compileModel(defaultModel, 7);
  const weightOf = (key: string): number =>
    defaultModel.engagement.signals.find((signal) => signal.key === key)?.weightPoints ?? Number.NaN;

  it('is valid and survives JSON', () => {
    expect(modelIssues(defaultModel)).toEqual([]);
    expect(JSON.parse(JSON.stringify(defaultModel))).toEqual(defaultModel);
    expect([model.key, model.version]).toEqual(['default', 7]);
  });

  it('R2: orders weights by effort and intent: replies, demo, pricing, downloads, clicks, opens', () => {
    const weights = ['reply', 'demo-request', 'pricing-page', 'case-study', 'link-click', 'email-open'].map(weightOf);
    expect(weights).toEqual([...weights].sort((left, right) => right - left));
    expect(new Set(weights).size).toBe(weights.length);
    expect(weightOf('unsubscribe')).toBeLessThan(0);
  });

  it.each([
    ['Email Opened', 'email-open'],
    ['email link clicked', 'link-click'],
    ['Replied', 'reply'],
    ['Email Replied', 'reply'],
    ['Demo Requested', 'demo-request'],
    ['Case Study Viewed', 'case-study'],
    ['Whitepaper Downloaded', 'download'],
    ['Social Shared', 'social'],
    ['Unsubscribed', 'unsubscribe'],
    ['Email Bounced', 'bounce'],
    ['Email Marked as Spam', 'spam-complaint'],
  ])('R1: "%s" is the signal %s', (name, key) => {
    expect(model.signalOf(tracked(name, 0))?.key).toBe(key);
  });

  it('R1: tells the pricing page from other pages', () => {
    expect(model.signalOf(page('/pricing', 0))?.key).toBe('pricing-page');
    expect(model.signalOf(page('/blog', 0))?.key).toBe('page-visit');
    expect(model.signalOf({ ...page('/x', 0), name: 'Pricing' })?.key).toBe('pricing-page');
    expect(model.signalOf(tracked('Something Else', 0))).toBeNull();
  });
});

describe('checking a model', () => {
  it('names every wrong place in the shape at once', () => {
    const document: unknown = {
      ...defaultModel,
      engagement: {
        ...defaultModel.engagement,
        halfLifeDays: 0,
        signals: [
          { ...defaultModel.engagement.signals[0], weightPoints: 'ten' },
          {
            ...defaultModel.engagement.signals[1],
            match: { all: [{ fact: 'event.name', operator: 'gt', value: 'x' }] },
          },
          {
            ...defaultModel.engagement.signals[2],
            match: { any: [{ fact: 'event.name', operatr: 'eq', value: 'x' }] },
          },
        ],
      },
      extra: 1,
    };
    expect(pathsOf(document)).toEqual([
      'engagement.halfLifeDays',
      'engagement.signals.0.weightPoints',
      'engagement.signals.1.match.all.0.value',
      'engagement.signals.2.match.any.0.operator',
      'engagement.signals.2.match.any.0',
      '',
    ]);
  });

  it('W3: refuses bands, tiers and grades that leave a gap or overlap', () => {
    const document = changed(({ engagement, usage, fit }) => {
      engagement.bands[2] = { key: 'high', label: 'Low', minScore: 25 };
      usage.tiers[0] = { key: 'power', label: 'Power', minEvents: 5 };
      fit.grades[3] = { grade: 'A', minScore: 1 };
    });
    expect(pathsOf(document)).toEqual([
      'engagement.bands.2.key',
      'engagement.bands.2.minScore',
      'engagement.bands.2.minScore',
      'usage.tiers.1.minEvents',
      'fit.grades.3.minScore',
      'fit.grades.3.grade',
    ]);
  });

  it('lists what makes no sense beside what has the wrong shape, so that one look finds both', () => {
    const bands = [...defaultModel.engagement.bands].reverse();
    const document: unknown = {
      ...defaultModel,
      landmark: 'yesterday',
      engagement: { ...defaultModel.engagement, bands },
      usage: { ...defaultModel.usage, windowDays: 0 },
      priority: { ...defaultModel.priority, cells: {} },
    };
    const paths = pathsOf(document);
    expect(paths.slice(0, 5)).toEqual([
      'landmark',
      'usage.windowDays',
      'engagement.bands.1.minScore',
      'engagement.bands.2.minScore',
      'engagement.bands.2.minScore',
    ]);
    expect(paths.filter((path) => path.startsWith('priority.cells.'))).toHaveLength(16);
  });

  it('refuses missing and surplus cells, weightless usage and facts that do not belong', () => {
    const document = changed((copy) => {
      delete copy.priority.cells['B2'];
      copy.priority.cells['A9'] = { label: 'x', nextStep: '' };
      copy.usage.weights = { frequency: 0, recency: 0, diversity: 0 };
      copy.usage.match = { not: { fact: 'engagement.score', operator: 'gt', value: 1 } };
      const [criterion] = copy.fit.criteria;
      if (criterion) criterion.match = { fact: 'event.name', operator: 'exists' };
    });
    expect(pathsOf(document)).toEqual([
      'usage.weights',
      'usage.match.not',
      'fit.criteria.0.match',
      'priority.cells.B2',
      'priority.cells.A9',
    ]);
  });

  it('does not compile what is wrong, and says why', () => {
    expect(() => compileModel({}, 1)).toThrow(InvalidModelError);
    expect(() => compileModel({ ...defaultModel, key: 'Not A Key' }, 1)).toThrow(/key:/);
  });
});
