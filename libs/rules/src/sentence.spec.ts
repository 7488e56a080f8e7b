import type { Condition } from '@rekindle/scoring';
import { aRule } from './lead.fixture';
import { describeCondition, describeRule } from './sentence';
import { shippedRules } from './shipped.rules';

const score = { fact: 'engagement.score', operator: 'gte', value: 60 } as const;

describe('a condition in words', () => {
  it.each([
    [score, 'the engagement score is at least 60'],
    [{ ...score, operator: 'between', value: [20, 40] }, 'the engagement score is between 20 and 40'],
    [{ ...score, operator: 'lt', forDays: 1 }, 'the engagement score is below 60 for 1 day without a break'],
    [{ fact: 'usage.tier', operator: 'in', value: ['power', 'active'] }, 'the usage tier is “power” or “active”'],
    [{ fact: 'fit.grade', operator: 'ne', value: 'D' }, 'the fit grade is not “D”, or is unknown'],
    [{ fact: 'engagement.spike', operator: 'eq', value: true }, 'activity spikes'],
    [{ fact: 'engagement.spike', operator: 'eq', value: false }, 'activity does not spike'],
    [{ fact: 'lead.trait', path: 'title', operator: 'contains', value: 'vp' }, 'the lead’s title contains “vp”'],
    [{ fact: 'account.trait', path: 'industry', operator: 'missing' }, 'the account’s industry is unknown'],
    [{ fact: 'activity.daysSinceLast', operator: 'gte', value: 1 }, 'the last activity was at least 1 day ago'],
    [
      { fact: 'signals.daysSinceLast', signals: ['open', 'click', 'visit'], operator: 'gte', value: 30 },
      'the last open, click or visit was at least 30 days ago',
    ],
    [
      { fact: 'signals.daysSinceLast', signals: ['pricing-page'], operator: 'missing' },
      'there never was any pricing page',
    ],
    [
      { fact: 'signals.daysSinceLast', operator: 'gt', value: 3 },
      'the number of whole days since the last signal is above 3 days',
    ],
    [
      { fact: 'signals.changePercent', signals: ['click'], operator: 'lte', value: -50 },
      'the two-week change in the number of click signals is at most -50%',
    ],
    [{ fact: 'weather', operator: 'eq', value: 'rain' }, '“weather” is “rain”'],
    [{ all: [score, { any: [score, { not: score }] }] }, 'A and (A or it is not so that A)'],
    [{ not: { all: [score, score] } }, 'it is not so that (A and A)'],
    [{ any: [{ all: [score, score] }, score] }, '(A and A) or A'],
  ] satisfies [Condition, string][])('%j', (tree, words) => {
    expect(describeCondition(tree)).toBe(words.replaceAll(/\bA\b/g, 'the engagement score is at least 60'));
  });
});

describe('a rule in words', () => {
  it('says when it fires and in words when it may fire again', () => {
    expect(shippedRules.map(describeRule)).toEqual([
      'Fires as soon as the engagement score is at least 60. It can fire again once the engagement score is below 50, at the earliest 7 days later. Moments more than 24 hours past fire nothing.',
      'Fires as soon as activity spikes and the engagement score is at least 45. It can fire again once activity does not spike, at the earliest 3 days later. Moments more than 24 hours past fire nothing.',
      'Fires as soon as the engagement score is below 25 for 30 days without a break and (the last reply, request, visit, download, click, open or social reaction was at least 30 days ago or there never was any reply, request, visit, download, click, open or social reaction). It can fire again once this has stopped being so, at the earliest 90 days later. Moments more than 24 hours past fire nothing.',
    ]);
  });

  it('says how often at most, and for the edge into untruth', () => {
    const rule = aRule({ when: score, edge: 'becomes-false', mostFirings: 1, mostEventAgeHours: 1 });
    expect(describeRule(rule)).toBe(
      'Fires as soon as it is no longer so that the engagement score is at least 60. It can fire again after this has been so once more, and 1 time per lead at most. Moments more than 1 hour past fire nothing.',
    );
  });
});
