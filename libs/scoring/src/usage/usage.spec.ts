import fc from 'fast-check';
import { compileCondition } from '../condition/condition.compile';
import { compareLeaf } from '../condition/leaf.compare';
import { daysBefore, model, NOON, profileOf, SEED, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { compileModel } from '../model/model.compile';
import { DAY_MS, type Profile, type ScoringEvent } from '../profile';
import { pruneProfile } from './usage.apply';
import { nextTierChangeAt, tierOf, usageAt, usageCountAt, usageFallsBelowAt } from './usage.read';

const used = (at: number, feature = 'dashboard', more: Record<string, unknown> = {}): ScoringEvent =>
  tracked('Feature Used', at, { feature_name: feature, ...more });
const times = (count: number, days: number, feature?: string): ScoringEvent[] =>
  Array.from({ length: count }, () => used(daysBefore(NOON, days), feature));
const read = (events: ScoringEvent[], at = NOON): ReturnType<typeof usageAt> => usageAt(profileOf(events), at, model);

const someUsage = fc.array(
  fc.integer({ min: 0, max: 40 * DAY_MS }).map((ms) => used(NOON - ms)),
  { maxLength: 70 },
);

describe('usage tiers', () => {
  it.each([
    [0, 'dormant'],
    [1, 'at-risk'],
    [9, 'at-risk'],
    [10, 'active'],
    [49, 'active'],
    [50, 'power'],
  ])('M9: %i events in the last 30 days are the tier %s', (count, tier) => {
    expect(read(times(count, 3))).toMatchObject({ tier, events30d: count });
    expect(tierOf(count, model)).toBe(tier);
  });

  it('W5: an event counts up to the last millisecond of the window and not at its end', () => {
    const profile = profileOf([used(NOON)]);
    expect(usageCountAt(profile, NOON + 30 * DAY_MS - 1, model)).toBe(1);
    expect(usageCountAt(profile, NOON + 30 * DAY_MS, model)).toBe(0);
    expect(usageCountAt(profile, NOON - 1, model)).toBe(0);
  });

  it('M23: 200 events six months ago and none since are dormant', () => {
    expect(read(times(200, 180))).toMatchObject({ tier: 'dormant', events30d: 0, daysSinceLast: 180 });
  });

  it('names the very millisecond at which the tier changes if nothing happens', () => {
    fc.assert(
      fc.property(someUsage, (events) => {
        const profile = profileOf(events);
        const tierAt = (at: number): string => usageAt(profile, at, model).tier;
        const change = nextTierChangeAt(profile, NOON, model);
        if (change === null) {
          expect(tierAt(NOON)).toBe('dormant');
          return;
        }
        expect(change).toBeGreaterThan(NOON);
        expect(tierAt(change - 1)).toBe(tierAt(NOON));
        expect(tierAt(change)).not.toBe(tierAt(NOON));
      }),
      { seed: SEED },
    );
  });

  it('names when fewer than a number of events remain, and nothing when fewer already do', () => {
    const profile = profileOf([...times(2, 5), ...times(1, 3)]);
    expect(usageFallsBelowAt(profile, NOON, 2, model)).toBe(daysBefore(NOON, 5) + 30 * DAY_MS);
    expect(usageFallsBelowAt(profile, NOON, 1, model)).toBe(daysBefore(NOON, 3) + 30 * DAY_MS);
    expect(usageFallsBelowAt(profile, NOON, 4, model)).toBeNull();
    expect(usageFallsBelowAt(profile, NOON, 0, model)).toBeNull();
  });
});

describe('usage score', () => {
  it('M1: rises with the count, falls with age and rises with the number of features, each alone', () => {
    const half = [...times(3, 2, 'a'), ...times(3, 2, 'b')];
    const { score } = read(half);
    expect(read([...half, ...times(1, 2, 'b')]).score).toBeGreaterThan(score);
    expect(read(half, NOON + 1).score).toBeLessThan(score);
    expect(read([...times(3, 2, 'a'), ...times(2, 2, 'b'), ...times(1, 2, 'c')]).score).toBeGreaterThan(score);
  });

  it('M2: the same events 180 days back score lower, and the score sinks while nobody touches it', () => {
    expect(read(times(12, 181)).score).toBeLessThan(read(times(12, 1)).score);
    expect(read(times(12, 1), NOON + 30 * DAY_MS).score).toBeLessThan(read(times(12, 1)).score);
  });

  it('M24: one event of each of six features beats six events of one', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((feature) => times(1, 1, feature));
    expect(read(six).score).toBeGreaterThan(read(times(6, 1, 'a')).score);
    expect(read(six).distinctFeatures).toBe(6);
  });

  it('M15: a tier is a simple count and nothing else; with weight on frequency alone the score is, too', () => {
    const { usage } = defaultModel;
    const weights = { frequency: 1, recency: 0, diversity: 0 };
    const simple = compileModel({ ...defaultModel, usage: { ...usage, weights } }, 1);
    const spread = ['a', 'b', 'c'].flatMap((feature) => times(4, 1, feature));
    const [one, other] = [times(12, 29), spread].map((events) => usageAt(profileOf(events), NOON, simple));
    expect(one?.score).toBe(other?.score);
    expect([one?.tier, other?.tier, read(times(12, 29)).tier]).toEqual(['active', 'active', 'active']);
  });

  it('stays within 0 and 100', () => {
    expect(read([]).score).toBe(0);
    expect(read(times(4_000, 0)).score).toBeLessThanOrEqual(100);
  });
});

describe('what counts as usage', () => {
  it('M3: a track with a feature name, a "Feature Used" and a screen count', () => {
    const screen: ScoringEvent = { ...tracked('Settings', NOON), type: 'screen' };
    const profile = profileOf([tracked('Report Exported', NOON, { feature: 'reports' }), used(NOON), screen]);
    expect(Object.keys(profile.usage.features).sort()).toEqual(['Settings', 'dashboard', 'reports']);
    expect(profileOf([tracked('Email Opened', NOON)]).usage.totalEvents).toBe(0);
  });

  it('M20: automated events add nothing and are shown as excluded', () => {
    const robots = [used(NOON, 'a', { is_automated: true }), used(NOON, 'b', { user_initiated: false })];
    expect(read([...robots, used(NOON)])).toMatchObject({ events30d: 1, excludedEvents: 2, distinctFeatures: 1 });
  });

  it('survives features named like parts of the language', () => {
    const profile = profileOf(['__proto__', 'constructor', 'toString'].map((feature) => used(NOON, feature)));
    expect(usageCountAt(profile, NOON, model)).toBe(3);
    const copy: Profile = JSON.parse(JSON.stringify(profile));
    expect(usageCountAt(copy, NOON, model)).toBe(3);
  });
});

describe('pruning', () => {
  it('drops an instant at the very millisecond it leaves the window', () => {
    const profile = profileOf([used(NOON)]);
    expect(pruneProfile(profile, NOON + 30 * DAY_MS - 1, model)).toBe(profile);
    expect(pruneProfile(profile, NOON + 30 * DAY_MS, model).usage.features).toEqual({});
  });

  it('keeps the latest 5,000 instants of a feature, however they arrive', () => {
    const flood = Array.from({ length: 5_001 }, (_, index) => used(NOON - index));
    for (const events of [flood, [...flood].reverse()]) {
      const kept = profileOf(events).usage.features['dashboard'] ?? [];
      expect([kept.length, kept[0], kept[4_999]]).toEqual([5_000, NOON - 4_999, NOON]);
    }
  });

  it('drops what left the window and changes no reading from then on', () => {
    fc.assert(
      fc.property(someUsage, fc.integer({ min: 0, max: 40 * DAY_MS }), (events, ms) => {
        const profile = profileOf(events);
        const pruned = pruneProfile(profile, NOON + ms, model);
        expect(usageAt(pruned, NOON + ms, model)).toEqual(usageAt(profile, NOON + ms, model));
        expect(pruneProfile(pruned, NOON + ms, model)).toBe(pruned);
      }),
      { seed: SEED },
    );
  });
});

describe('cohorts', () => {
  const leads: Record<string, ScoringEvent[]> = {
    busy: [...times(12, 2), ...times(1, 1, 'api')],
    recent: times(3, 4),
    faded: [...times(11, 20), ...times(1, 25, 'api')],
    gone: times(40, 60, 'api'),
    none: [],
  };
  type Cohort = Parameters<typeof compileCondition>[0];
  const select = (cohort: Cohort): string[] => {
    const isIn = compileCondition<ScoringEvent[]>(cohort, (leaf) => {
      const compare = compareLeaf(leaf);
      return (events) => compare(factOf(leaf.fact, profileOf(events)));
    });
    return Object.keys(leads).filter((name) => isIn(leads[name] ?? []) === true);
  };
  const factOf = (fact: string, profile: Profile): unknown => {
    const { events30d, daysSinceLast } = usageAt(profile, NOON, model);
    if (fact === 'events') return events30d;
    return fact === 'days' ? daysSinceLast : Object.keys(profile.usage.features);
  };
  const many: Cohort = { fact: 'events', operator: 'gte', value: 10 };
  const lately: Cohort = { fact: 'days', operator: 'lte', value: 7 };
  const byApi: Cohort = { fact: 'feature', operator: 'eq', value: 'API' };

  it.each([
    ['event count', many, ['busy', 'faded']],
    ['days since the last event', lately, ['busy', 'recent']],
    ['use of a feature', byApi, ['busy', 'faded', 'gone']],
    ['all three', { all: [many, lately, byApi] }, ['busy']],
    ['two of them', { all: [many, { not: lately }] }, ['faded']],
  ])('M6: by %s select exactly the leads worked out by hand', (_, cohort, expected) => {
    expect(select(cohort)).toEqual(expected);
  });
});
