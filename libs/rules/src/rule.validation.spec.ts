import { compileModel, defaultModel, type ConditionLeaf } from '@rekindle/scoring';
import { aRule } from './lead.fixture';
import { conditionIssues, ruleIssues } from './rule.validation';
import { shippedRules } from './shipped.rules';

const model = compileModel(defaultModel, 1);
const told = (document: unknown) => ruleIssues(document, model).map(({ path, code }) => `${path}: ${code}`);
const score = { fact: 'engagement.score', operator: 'gte', value: 60 } as const;

describe('checking a rule', () => {
  it('finds nothing wrong with the shipped rules', () => {
    expect(shippedRules.map((rule) => ruleIssues(rule, model))).toEqual([[], [], []]);
  });

  it('tells every error of both conditions at once, each with its path', () => {
    const rule = aRule({
      when: {
        all: [
          { fact: 'weather', operator: 'eq', value: 'rain' },
          { any: [score, { not: { fact: 'engagement.score', operator: 'eq', value: 60 } }] },
          { fact: 'lead.trait', operator: 'exists' },
          { fact: 'fit.grade', operator: 'eq', value: 'E' },
          { fact: 'signals.daysSinceLast', operator: 'gte', value: 30, forDays: 3, signals: ['click', 'clack'] },
        ],
      },
      until: { fact: 'engagement.spike', operator: 'eq', value: 'yes', signals: ['click'], path: 'x' },
    });
    expect(told(rule)).toEqual([
      'when.all.0.fact: unknown-fact',
      'when.all.1.any.1.not.operator: operator-not-for-fact',
      'when.all.2.path: path-needed',
      'when.all.3.value: value-not-for-fact',
      'when.all.4.signals.1: unknown-signal',
      'when.all.4.forDays: for-days-not-for-fact',
      'until.path: path-not-for-fact',
      'until.value: value-not-for-fact',
      'until.signals: signals-not-for-fact',
    ]);
  });

  it('tells what is wrong with the shape before it asks for sense', () => {
    const rule = { ...aRule({ when: score }), coolDownDays: -1, colour: 'red', actions: [] };
    const paths = ruleIssues(rule, model);
    expect(paths.every((issue) => issue.code === 'shape')).toBe(true);
    expect(paths.map((issue) => issue.path)).toEqual(expect.arrayContaining(['coolDownDays', 'actions', '']));
  });

  it('leads to the leaf inside a tree whose shape is wrong', () => {
    const rule = { ...aRule({ when: score }), when: { all: [score, { any: [{ ...score, operator: 'about' }] }] } };
    expect(told(rule)).toEqual(['when.all.1.any.0.operator: shape']);
  });

  it.each([
    [{ fact: 'engagement.band', operator: 'eq', value: 'HIGH ' }, []],
    [{ fact: 'engagement.band', operator: 'in', value: ['high', 'hot'] }, ['value-not-for-fact']],
    [{ fact: 'usage.tier', operator: 'eq', value: 'dormant', forDays: 3 }, []],
    [{ fact: 'usage.events', operator: 'eq', value: 10 }, []],
    [{ fact: 'usage.events', operator: 'contains', value: '1' }, ['operator-not-for-fact', 'value-not-for-fact']],
    [{ fact: 'lead.trait', path: 'title', operator: 'contains', value: 'vp' }, []],
    [{ fact: 'lead.trait', path: 'title', operator: 'eq', value: 'vp', forDays: 1 }, ['for-days-not-for-fact']],
    [{ fact: 'event.name', operator: 'eq', value: 'Signed Up' }, ['unknown-fact']],
  ] satisfies [ConditionLeaf, string[]][])('judges %j', (leaf, codes) => {
    expect(conditionIssues(leaf, model).map((issue) => issue.code)).toEqual(codes);
  });

  it('without a model leaves the names of signals and bands open', () => {
    expect(conditionIssues({ fact: 'engagement.band', operator: 'eq', value: 'hot' })).toEqual([]);
    expect(conditionIssues({ fact: 'signals.daysSinceLast', operator: 'gte', value: 3, signals: ['x'] })).toEqual([]);
  });
});
