import fc from 'fast-check';
import { compareLeaf } from '../condition/leaf.compare';
import {
  clusteredScoreOf,
  publishedFormOf,
  publishedValueAt,
  refreshAt,
  tenPointScoreOf,
  unclusteredScoreOf,
} from '../engagement/published.score';
import { bandOf, engagementPointsAt, scoreOfPoints } from '../engagement/engagement.rank';
import { daysBefore, noAttributes, NOON, profileOf, SEED, tracked } from '../event.fixture';
import { type CompiledModel, compileModel } from '../model/model.compile';
import { InvalidModelError, modelIssues } from '../model/model.validate';
import { DAY_MS, type Profile, type ScoringEvent } from '../profile';
import { applyEvents } from '../profile/profile.apply';
import { scoreAt } from '../score.compute';
import { pruneProfile } from '../usage/usage.apply';
import { webEngageIssues, webEngageModel, type WebEngageSettings } from './webengage.preset';

const event = (name: string, weight: number): WebEngageSettings['events'][number] => ({
  key: name.toLowerCase(),
  label: name,
  kind: 'visit',
  match: { fact: 'event.name', operator: 'eq', value: name },
  weight,
});
const settings: WebEngageSettings = {
  key: 'loyalty',
  name: 'Loyalty',
  events: [event('Viewed', 1), event('Added', 3), event('Bought', 5)],
  lookbackDays: 60,
  isClustered: false,
  categories: [
    { key: 'cold', label: 'Cold', from: 1, to: 3 },
    { key: 'warm', label: 'Warm', from: 4, to: 6 },
    { key: 'hot', label: 'Hot', from: 7, to: 10 },
  ],
  refresh: 'live',
};
const modelOf = (more: Partial<WebEngageSettings> = {}): CompiledModel =>
  compileModel(webEngageModel({ ...settings, ...more }), 1);
const plain = modelOf();
const clustered = modelOf({ isClustered: true });
const pathsOf = (document: unknown): string[] => webEngageIssues(document).map(({ path }) => path);

const someEvents = fc.array(
  fc
    .record({ name: fc.constantFrom('Viewed', 'Added', 'Bought'), ms: fc.integer({ min: 0, max: 120 * DAY_MS }) })
    .map(({ name, ms }) => tracked(name, NOON - ms)),
  { maxLength: 25 },
);
const scoreOf = (profile: Profile, of: CompiledModel, at = NOON): number =>
  scoreOfPoints(engagementPointsAt(profile, at, of) ?? 0, of);
const valueOf = (events: readonly ScoringEvent[], of: CompiledModel, at = NOON): number | null =>
  publishedValueAt(profileOf(events, of), at, of).value;

describe('weights and scale', () => {
  it.each([0, 6, 2.5, -1, '3', null])('W1: the weight %p is refused at its field', (weight) => {
    const events: unknown[] = [settings.events[0], { ...event('Added', 1), weight }];
    expect(pathsOf({ ...settings, events })).toEqual(['events.1.weight']);
    expect(() => webEngageModel({ ...settings, events })).toThrow(InvalidModelError);
  });

  it.each([1, 2, 3, 4, 5])('W1: the weight %i is accepted and is the points of the event', (weight) => {
    const model = modelOf({ events: [event('Viewed', weight)] });
    expect(engagementPointsAt(profileOf([tracked('Viewed', NOON)], model), NOON, model)).toBe(weight);
  });

  it('W2: every lead with a score has a whole number from 1 to 10, and more engagement never a lower one', () => {
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 0, max: 90 * DAY_MS }), fc.boolean(), (events, ms, isClustered) => {
        const of = isClustered ? clustered : plain;
        const value = valueOf(events, of, NOON + ms);
        if (events.length === 0) {
          expect(value).toBeNull();
          return;
        }
        expect(Number.isInteger(value) && (value ?? 0) >= 1 && (value ?? 11) <= 10).toBe(true);
        expect(valueOf([...events, tracked('Bought', NOON)], of, NOON + ms)).toBeGreaterThanOrEqual(value ?? 0);
      }),
      { seed: SEED },
    );
    const flood = Array.from({ length: 200 }, () => tracked('Bought', NOON));
    expect([valueOf(flood, plain), tenPointScoreOf(0), tenPointScoreOf(9.99), tenPointScoreOf(10)]).toEqual([
      10, 1, 1, 2,
    ]);
  });

  it('W2: a lead with no event in the lookback has a 1, one that never had any has no score', () => {
    expect(valueOf([tracked('Bought', daysBefore(NOON, 61))], plain)).toBe(1);
    expect(publishedValueAt(profileOf([], plain), NOON, plain)).toMatchObject({ value: null, band: null });
  });

  it('W5: the lookback is exact to the second', () => {
    const bought = [tracked('Bought', NOON)];
    const end = NOON + 60 * DAY_MS;
    const profile = profileOf(bought, plain);
    expect(engagementPointsAt(profile, end - 1_000, plain)).toBe(5);
    expect(engagementPointsAt(profile, end + 1_000, plain)).toBe(0);
    expect([valueOf(bought, plain, end - 1_000), valueOf(bought, plain, end + 1_000)]).toEqual([3, 1]);
  });

  it('W4: two scores with different names stand side by side for one lead', () => {
    const other = modelOf({ key: 'shopping', name: 'Shopping', events: [event('Bought', 1)] });
    const events = [tracked('Viewed', NOON), tracked('Bought', NOON)];
    const scores = [plain, other].map((of) =>
      scoreAt({ profile: profileOf(events, of), attributes: noAttributes, at: NOON, model: of }),
    );
    expect(scores.map(({ model, engagement }) => [model.key, engagement.points])).toEqual([
      ['loyalty', 6],
      ['shopping', 1],
    ]);
    expect([plain.document.name, other.document.name]).toEqual(['Loyalty', 'Shopping']);
  });
});

describe('categories', () => {
  const categories = (...ranges: [number, number][]): WebEngageSettings['categories'] =>
    ranges.map(([from, to], index) => ({ key: `c${index}`, label: `C${index}`, from, to }));

  it.each([
    ['a gap', categories([1, 3], [5, 10]), ['categories.1.from']],
    ['an overlap', categories([1, 5], [5, 10]), ['categories.1.from']],
    ['a start above 1', categories([2, 5], [6, 10]), ['categories.0.from']],
    ['an end below 10', categories([1, 5], [6, 9]), ['categories']],
    ['an end before its start', categories([1, 5], [10, 6]), ['categories.1.to', 'categories.1.from', 'categories']],
    ['a number off the scale', categories([0, 5], [6, 11]), ['categories.0.from', 'categories.1.to']],
  ])('W3: are refused for %s', (_, wrong, paths) => {
    expect(pathsOf({ ...settings, categories: wrong })).toEqual(paths);
  });

  it('W3: cover the scale in any order, and each lead falls in exactly one, clustered or not', () => {
    const own = { categories: categories([6, 10], [1, 1], [2, 5]) };
    expect(pathsOf({ ...settings, ...own })).toEqual([]);
    const score = fc.double({ min: 0, max: 100, noNaN: true });
    for (const model of [modelOf(own), modelOf({ ...own, isClustered: true })]) {
      fc.assert(
        fc.property(score, (value) => {
          const ten = publishedFormOf(value, model);
          const inside = own.categories.filter(({ from, to }) => ten >= from && ten <= to);
          expect(inside.map(({ key }) => key)).toEqual([bandOf(value, model)]);
        }),
        { seed: SEED },
      );
    }
  });

  it('have a priority cell each', () => {
    expect(
      modelIssues(webEngageModel({ ...settings, categories: categories([1, 2], [3, 4], [5, 6], [7, 8], [9, 10]) })),
    ).toEqual([]);
  });
});

describe('clustering', () => {
  const isAtAnEnd = (value: number | null): boolean => value !== null && (value <= 3 || value >= 7);

  it('W7: the share of leads at the ends does not fall, and rises for a mixed population', () => {
    const leads = fc.sample(someEvents, { seed: SEED, numRuns: 500 }).filter((events) => events.length > 0);
    const shareOf = (of: CompiledModel): number => leads.filter((events) => isAtAnEnd(valueOf(events, of))).length;
    expect(shareOf(clustered)).toBeGreaterThan(shareOf(plain));
    for (const events of leads) {
      if (isAtAnEnd(valueOf(events, plain))) expect(isAtAnEnd(valueOf(events, clustered))).toBe(true);
    }
  });

  it('W7: the order of leads is unchanged', () => {
    const score = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(score, score, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(clusteredScoreOf(high)).toBeGreaterThanOrEqual(clusteredScoreOf(low));
        if (high - low > 1e-6) expect(clusteredScoreOf(high)).toBeGreaterThan(clusteredScoreOf(low));
        expect(unclusteredScoreOf(clusteredScoreOf(one))).toBeCloseTo(one, 5);
      }),
      { seed: SEED },
    );
  });

  it('W7: off restores the old values exactly, because the profile never knew', () => {
    const restored = modelOf({ isClustered: false });
    fc.assert(
      fc.property(someEvents, (events) => {
        expect(profileOf(events, clustered)).toEqual(profileOf(events, plain));
        expect(valueOf(events, restored)).toBe(valueOf(events, plain));
        expect(scoreOf(profileOf(events, clustered), clustered)).toBe(scoreOf(profileOf(events, plain), plain));
      }),
      { seed: SEED },
    );
  });
});

describe('the refresh cadence', () => {
  const anchor = Date.parse('2025-01-01T00:00:00.000Z');

  it.each([1, 2, 3, 4] as const)(
    'W6: every %i weeks the number is worked out anew, and stays as it is in between',
    (weeks) => {
      const of = modelOf({ refresh: weeks });
      const { at: start, nextAt } = refreshAt(NOON, of);
      expect((start - anchor) % (weeks * 7 * DAY_MS)).toBe(0);
      expect([nextAt, start <= NOON]).toEqual([start + weeks * 7 * DAY_MS, true]);
      fc.assert(
        fc.property(someEvents, someEvents, fc.nat(weeks * 7 * DAY_MS - 1), (events, more, ms) => {
          const before = events.map((one) => ({ ...one, at: Math.min(one.at, start - 1) }));
          const inside = more.map((one, index) => ({ ...one, at: start + ((ms + index) % (weeks * 7 * DAY_MS)) }));
          const profile = applyEvents(profileOf(before, of), inside, of).profile;
          const published = publishedValueAt(profile, start + ms, of);
          expect(published).toEqual(publishedValueAt(profileOf(before, of), start, of));
          const pruned = pruneProfile(profile, start + ms, of);
          expect(publishedValueAt(pruned, start + ms, of)).toEqual(published);
          const next = publishedValueAt(profile, start + weeks * 7 * DAY_MS, of);
          const live = publishedFormOf(scoreOf(profile, of, start + weeks * 7 * DAY_MS), of);
          expect(next.value).toBe(before.length + inside.length === 0 ? null : live);
        }),
        { seed: SEED },
      );
    },
  );

  it('W6: live is there beside it, and changes with the event', () => {
    const of = modelOf({ refresh: 4 });
    const profile = profileOf([tracked('Bought', daysBefore(NOON, 50)), tracked('Bought', NOON)], of);
    expect(publishedValueAt(profile, NOON, of).value).toBe(3);
    expect(publishedFormOf(scoreOf(profile, of), of)).toBe(4);
  });

  it.each([0, 5, 1.5, 'weekly'])('W6: a cadence of %p is refused', (refresh) => {
    expect(pathsOf({ ...settings, refresh })).toEqual(['refresh']);
  });

  it('M22: says period, date and baseline date of the recalculation, and "at read" for a live score', () => {
    const { refresh } = publishedValueAt(profileOf([], plain), NOON, modelOf({ refresh: 2 }));
    expect(refresh).toEqual({
      weeks: 2,
      at: refresh.at,
      previousAt: refresh.at - 14 * DAY_MS,
      nextAt: refresh.at + 14 * DAY_MS,
    });
    expect(refreshAt(NOON, plain)).toEqual({ weeks: null, at: NOON, previousAt: null, nextAt: null });
  });
});

describe('operators over the score', () => {
  const leads = new Map<string, number | null>([
    ['none', null],
    ['one', 1],
    ['four', 4],
    ['seven', 7],
    ['ten', 10],
  ]);

  it.each([
    ['gte', 4, ['four', 'seven', 'ten']],
    ['gt', 4, ['seven', 'ten']],
    ['lte', 4, ['one', 'four']],
    ['lt', 4, ['one']],
    ['eq', 7, ['seven']],
    ['between', [4, 7], ['four', 'seven']],
    ['missing', undefined, ['none']],
  ] as const)('W9: %s %p gives the leads worked out by hand', (operator, value, expected) => {
    const test = compareLeaf({
      fact: 'engagement.score',
      operator,
      value: typeof value === 'object' ? [...value] : value,
    });
    expect([...leads].filter(([, score]) => test(score) === true).map(([name]) => name)).toEqual(expected);
  });
});
