import fc from 'fast-check';
import { daysBefore, model, modelWith, NOON, profileOf, SEED, someEvents, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { DAY_MS, type ScoringEvent } from '../profile';
import { contributionsAt, roundContributions } from './engagement.explain';
import {
  engagementPointsAt,
  engagementRank,
  pointsAt,
  rankOfPoints,
  ranksExactUntil,
  scoreOfPoints,
} from './engagement.rank';
import { pointsByDefinition } from './engagement.reference.fixture';

const later = fc.integer({ min: 0, max: 3 * 365 * DAY_MS }).map((ms) => NOON + ms);
const pointsOf = (events: readonly ScoringEvent[], at: number): number =>
  engagementPointsAt(profileOf(events), at, model) ?? 0;
const close = (left: number, right: number, scale = 1): boolean => Math.abs(left - right) <= 1e-9 * Math.max(1, scale);

describe('points', () => {
  it('equal a direct sum over the events, with daily limits, caps and negative signals in play', () => {
    fc.assert(
      fc.property(someEvents, later, (events, at) => {
        expect(close(pointsOf(events, at), pointsByDefinition(events, at))).toBe(true);
      }),
      { seed: SEED },
    );
  });

  it('up to any day are the same without most points as with most points out of reach', () => {
    const { signals } = defaultModel.engagement;
    const free = modelWith({ signals: signals.map(({ mostPoints: _, ...signal }) => signal) });
    const far = modelWith({ signals: signals.map((signal) => ({ ...signal, mostPoints: 100_000 })) });
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 0, max: 730 }), (events, days) => {
        const profile = profileOf(events);
        const untilDay = Math.floor(daysBefore(NOON, days) / DAY_MS);
        const [one, other] = [free, far].map((either) => either.decay.courseOf(profile, either, untilDay));
        expect(one === null).toBe(other === null);
        expect(close(one?.valueAt(NOON) ?? 0, other?.valueAt(NOON) ?? 0)).toBe(true);
        const [few, many] = [one, other].map((course) =>
          course?.sharesAt(NOON).map(({ count, lastAt }) => [count, lastAt]),
        );
        expect(few).toEqual(many);
        const seen = events.filter(({ at }) => at < (untilDay + 1) * DAY_MS);
        expect(one?.sharesAt(NOON).reduce((sum, { count }) => sum + count, 0) ?? 0).toBe(seen.length);
      }),
      { seed: SEED },
    );
  });

  it('R12: a signal 30 days old is worth exactly half', () => {
    const profile = profileOf([tracked('Replied', NOON)]);
    expect(engagementPointsAt(profile, NOON, model)).toBeCloseTo(10, 11);
    expect(engagementPointsAt(profile, NOON + 30 * DAY_MS, model)).toBeCloseTo(5, 11);
    expect(engagementPointsAt(profile, NOON + 60 * DAY_MS, model)).toBeCloseTo(2.5, 11);
  });

  it('M2: decay composes: points after any time are 2^(-time / half-life) of the points before', () => {
    fc.assert(
      fc.property(someEvents, later, fc.integer({ min: 0, max: 900 * DAY_MS }), (events, at, ms) => {
        const now = pointsOf(events, at);
        expect(close(pointsOf(events, at + ms), now * 2 ** (-ms / (30 * DAY_MS)))).toBe(true);
      }),
      { seed: SEED },
    );
  });

  it('one event is worth between nothing and its weight, for every time from 1970 to 9999', () => {
    const time = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
    const models = [1, 7, 30, 365].map((halfLifeDays) => modelWith({ halfLifeDays }));
    fc.assert(
      fc.property(time, time, fc.constantFrom(...models), (eventAt, at, ofModel) => {
        const profile = profileOf([tracked('Replied', eventAt)], ofModel);
        const points = engagementPointsAt(profile, at, ofModel) ?? Number.NaN;
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(10 * (1 + 1e-12));
        expect(Number.isFinite(engagementRank(profile, ofModel))).toBe(true);
      }),
      { seed: SEED },
    );
  });

  it('keep their digits 70 years from the landmark', () => {
    for (const year of ['1970', '2000', '2090']) {
      const at = Date.parse(`${year}-06-01T12:00:00.000Z`);
      expect(pointsOf([tracked('Replied', at), tracked('Replied', at + 1)], at + 30 * DAY_MS)).toBeCloseTo(10, 8);
    }
  });

  it('a flood on one day shares the daily limit, and never banks more than the most points', () => {
    const pricing = Array.from({ length: 300 }, () => tracked('Pricing Page Viewed', NOON));
    expect(pointsOf(pricing, NOON)).toBeCloseTo(18, 9);
    const opens = Array.from({ length: 900 }, (_, index) => tracked('Email Opened', daysBefore(NOON, index % 300)));
    expect(pointsOf(opens, NOON)).toBeCloseTo(5, 9);
  });
});

describe('contributions', () => {
  it('M27: add up to the points at every instant, also rounded for display', () => {
    fc.assert(
      fc.property(someEvents, later, fc.integer({ min: 0, max: 4 }), (events, at, digits) => {
        const parts = contributionsAt(profileOf(events), at, model);
        const total = parts.reduce((sum, { points }) => sum + points, 0);
        expect(close(total, pointsOf(events, at))).toBe(true);
        const rounded = roundContributions(parts, digits);
        const shown = rounded.reduce((sum, { points }) => sum + Math.round(points * 10 ** digits), 0);
        expect(shown + 0).toBe(Math.round(total * 10 ** digits) + 0);
        rounded.forEach(({ points }, index) => {
          expect(Math.abs(points - (parts[index]?.points ?? 0))).toBeLessThan(10 ** -digits);
        });
      }),
      { seed: SEED },
    );
  });

  it('name each signal once with its count and latest instant, the largest first', () => {
    const events = [tracked('Email Opened', NOON - 5), tracked('Replied', NOON - 9), tracked('Email Opened', NOON)];
    const parts = contributionsAt(profileOf([...events, tracked('Unsubscribed', NOON)]), NOON, model);
    expect(parts.map(({ signal, count, lastAt }) => [signal, count, lastAt])).toEqual([
      ['reply', 1, NOON - 9],
      ['email-open', 2, NOON],
      ['unsubscribe', 1, NOON],
    ]);
  });
});

describe('the static rank', () => {
  it('orders leads as their scores do at random instants', () => {
    fc.assert(
      fc.property(fc.array(someEvents, { minLength: 2, maxLength: 6 }), later, (leads, at) => {
        const ranked = leads.flatMap((events) => {
          const rank = engagementRank(profileOf(events), model);
          return rank === null ? [] : [{ rank, score: scoreOfPoints(pointsByDefinition(events, at), model) }];
        });
        ranked.sort((left, right) => left.rank - right.rank);
        ranked.forEach(({ score }, index) =>
          expect(score).toBeGreaterThanOrEqual((ranked[index - 1]?.score ?? 0) - 1e-9),
        );
      }),
      { seed: SEED },
    );
  });

  it('finds the same top 50 as a sort by score, at three instants, without being touched', () => {
    const leads = fc.sample(someEvents, { seed: SEED, numRuns: 400 }).map((events, id) => ({ id, events }));
    const byRank = leads
      .map(({ id, events }) => ({ id, rank: engagementRank(profileOf(events), model) ?? Number.NEGATIVE_INFINITY }))
      .sort((left, right) => right.rank - left.rank)
      .slice(0, 50);
    for (const days of [0, 45, 400]) {
      const byScore = leads
        .map(({ id, events }) => ({ id, points: pointsByDefinition(events, NOON + days * DAY_MS) }))
        .sort((left, right) => right.points - left.points)
        .slice(0, 50);
      expect(byRank.map(({ id }) => id)).toEqual(byScore.map(({ id }) => id));
    }
  });

  it('says until when it is exact, and is exact until then', () => {
    const daily = modelWith({ halfLifeDays: 1 });
    const at = ranksExactUntil(daily) - 1;
    const rank = engagementRank(profileOf([tracked('Replied', at)], daily), daily);
    expect(pointsAt(rank, at + DAY_MS, daily)).toBeCloseTo(5, 9);
    expect(new Date(ranksExactUntil(model)).getUTCFullYear()).toBe(2094);
  });

  it('turns into points and back', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 500, noNaN: true }), later, (points, at) => {
        expect(close(pointsAt(rankOfPoints(points, at, model), at, model), points, 500)).toBe(true);
      }),
      { seed: SEED },
    );
    expect(pointsAt(null, NOON, model)).toBe(0);
  });
});

it('W1: a weight edit needs no replay: the same profile scores under the new weight', () => {
  const signals = defaultModel.engagement.signals.map((signal) => ({
    ...signal,
    weightPoints: signal.weightPoints * 3,
  }));
  const profile = profileOf([tracked('Replied', NOON)]);
  expect(engagementPointsAt(profile, NOON, modelWith({ signals }))).toBeCloseTo(30, 9);
});
