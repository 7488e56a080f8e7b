import fc from 'fast-check';
import { daysBefore, model, noAttributes, NOON, profileOf, SEED, tracked } from '../event.fixture';
import { DAY_MS, type ScoringEvent } from '../profile';
import type { Score } from '../score';
import { baselineOf, sinceBaseline } from '../score.baseline';
import { scoreAt } from '../score.compute';
import { dailyCountsOf } from './event.counts';
import { tierFunnelOf } from './tier.funnel';
import { proposedCutOffs } from './tier.proposal';

const used = (at: number): ScoringEvent => tracked('Feature Used', at, { feature_name: 'x' });
const scoreOf = (events: ScoringEvent[], at: number): Score =>
  scoreAt({ profile: profileOf(events), attributes: noAttributes, at, model });

describe('the baseline', () => {
  const start = daysBefore(NOON, 45);
  const atSignUp = scoreOf([tracked('Email Opened', start), used(start)], start);
  const later = scoreOf([tracked('Replied', NOON), used(start), used(NOON), used(NOON)], NOON);

  it('M14: is what the first score was and never changes', () => {
    const baseline = baselineOf(null, atSignUp);
    expect(baseline).toMatchObject({ at: start, usageTier: 'at-risk', usageEvents: 1, engagementBand: 'low' });
    expect(baselineOf(baseline, later)).toBe(baseline);
    expect(JSON.parse(JSON.stringify(baseline))).toEqual(baseline);
  });

  it('M14: shows the difference to now', () => {
    const since = sinceBaseline(baselineOf(null, atSignUp), later);
    expect(since).toMatchObject({ baselineAt: start, days: 45, usageEvents: 1 });
    expect(since.engagementScore).toBeCloseTo(later.engagement.score - atSignUp.engagement.score, 12);
    expect(since.usageScore).toBeCloseTo(later.usage.score - atSignUp.usage.score, 12);
  });
});

describe('counts by day', () => {
  it('M5: two names over seven days are seven buckets each, with zeros', () => {
    const events = [used(NOON), used(NOON - 1), used(daysBefore(NOON, 6)), used(daysBefore(NOON, 7)), used(NOON + 1)];
    const counts = dailyCountsOf(
      [...events, tracked('Replied', daysBefore(NOON, 2))],
      ['Feature Used', 'Replied'],
      NOON,
      7,
    );
    expect(counts.map(({ name, counts: days }) => [name, days.map(({ count }) => count)])).toEqual([
      ['Feature Used', [1, 0, 0, 0, 0, 0, 2]],
      ['Replied', [0, 0, 0, 0, 1, 0, 0]],
    ]);
    expect(counts[0]?.counts[0]?.dayStart).toBe(Math.floor(daysBefore(NOON, 6) / DAY_MS) * DAY_MS);
  });
});

describe('cut-offs from the real distribution', () => {
  it('M16: are the percentiles of the leads that did anything', () => {
    const counts = [...Array.from({ length: 100 }, (_, index) => index + 1), 0, 0, 0];
    expect(proposedCutOffs(counts)).toEqual([25, 50, 90]);
    expect(proposedCutOffs(counts, [10])).toEqual([10]);
    expect(proposedCutOffs([0, 0])).toEqual([]);
  });

  it('M16: rise strictly whatever the distribution', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 1 }), (counts) => {
        const cutOffs = proposedCutOffs(counts);
        cutOffs.forEach((cutOff, index) => expect(cutOff).toBeGreaterThan(cutOffs[index - 1] ?? 0));
      }),
      { seed: SEED },
    );
  });
});

describe('the tier funnel', () => {
  const order = ['power', 'active', 'at-risk', 'dormant'];
  const someTier = fc.option(fc.constantFrom(...order));

  it('M13: tells who moved up, down, in and out', () => {
    const moves = [
      { from: null, to: 'active' },
      { from: 'active', to: 'power' },
      { from: 'power', to: 'dormant' },
      { from: 'active', to: 'active' },
      { from: 'active', to: null },
      { from: null, to: null },
    ];
    const funnel = tierFunnelOf(moves, order);
    expect(funnel).toMatchObject({ population: 6, joined: 1, up: 1, down: 1, stayed: 1, left: 1, outside: 1 });
    expect(funnel.perTier[1]).toEqual({ tier: 'active', before: 3, after: 2 });
  });

  it('M13: sums equal the population', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ from: someTier, to: someTier })), (moves) => {
        const { population, joined, up, down, stayed, left, outside, perTier } = tierFunnelOf(moves, order);
        expect(joined + up + down + stayed + left + outside).toBe(population);
        const after = perTier.reduce((sum, tier) => sum + tier.after, 0);
        expect(after + left + outside).toBe(population);
      }),
      { seed: SEED },
    );
  });
});
