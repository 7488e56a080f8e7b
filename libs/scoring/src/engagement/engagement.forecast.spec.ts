import fc from 'fast-check';
import { model, NOON, profileOf, SEED, someEvents, tracked } from '../event.fixture';
import { DAY_MS } from '../profile';
import { engagementAt } from '../score.compute';
import {
  bandIndexOf,
  bandOf,
  crossingAt,
  engagementPointsAt,
  engagementRank,
  nextBandCrossingAt,
  pointsAt,
  pointsOfScore,
  scoreCrossingAt,
  scoreOfPoints,
} from './engagement.rank';

describe('score and bands', () => {
  it('R14: the score is continuous and strictly rising in points, 50 at the half-score points', () => {
    expect(scoreOfPoints(20, model)).toBeCloseTo(50, 12);
    expect(scoreOfPoints(-5, model)).toBe(0);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 400, noNaN: true }), (points) => {
        expect(scoreOfPoints(points + 1e-3, model)).toBeGreaterThan(scoreOfPoints(points, model));
      }),
      { seed: SEED },
    );
  });

  it('W2: the score stays within 0 and 100 whatever the points', () => {
    expect(scoreOfPoints(1e300, model)).toBe(100);
    expect(scoreOfPoints(pointsOfScore(100, model), model)).toBe(100);
    expect(pointsOfScore(scoreOfPoints(13.7, model), model)).toBeCloseTo(13.7, 10);
  });

  it('R3: a category high, medium or low goes with every score', () => {
    expect([100, 60, 59.999, 25, 24.9, 0].map((score) => bandOf(score, model))).toEqual([
      'high',
      'high',
      'medium',
      'medium',
      'low',
      'low',
    ]);
    expect(bandIndexOf(70, model)).toBe(0);
  });
});

describe('the forecast', () => {
  it('names the very millisecond at which points or score fall below a value', () => {
    fc.assert(
      fc.property(someEvents, fc.double({ min: 0.01, max: 99, noNaN: true }), (events, score) => {
        const rank = engagementRank(profileOf(events), model);
        if (rank === null || rank <= 0) return;
        const points = pointsOfScore(score, model);
        const pointsGone = crossingAt(rank, points, model) ?? Number.NaN;
        expect(pointsAt(rank, pointsGone - 1, model)).toBeGreaterThanOrEqual(points);
        expect(pointsAt(rank, pointsGone, model)).toBeLessThan(points);
        const scoreGone = scoreCrossingAt(rank, score, model) ?? Number.NaN;
        expect(scoreOfPoints(pointsAt(rank, scoreGone - 1, model), model)).toBeGreaterThanOrEqual(score);
        expect(scoreOfPoints(pointsAt(rank, scoreGone, model), model)).toBeLessThan(score);
        expect(Math.abs(scoreGone - pointsGone)).toBeLessThanOrEqual(1);
      }),
      { seed: SEED },
    );
  });

  it('agrees with the bands that are then read', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const profile = profileOf(events);
        const crossing = nextBandCrossingAt(profile, NOON, model);
        const bandAt = (at: number): string =>
          bandOf(scoreOfPoints(engagementPointsAt(profile, at, model) ?? 0, model), model);
        if (crossing === null) {
          expect(bandAt(NOON)).toBe('low');
          return;
        }
        expect(crossing).toBeGreaterThan(NOON);
        expect(bandAt(crossing - 1)).toBe(bandAt(NOON));
        expect(bandAt(crossing)).not.toBe(bandAt(NOON));
        const forecast = engagementAt(profile, NOON, model).forecast.flatMap(({ crossesAt }) => crossesAt ?? []);
        expect(Math.min(...forecast)).toBe(crossing);
      }),
      { seed: SEED },
    );
  });

  it('is the textbook instant for one reply: 10 points are 5 after exactly 30 days', () => {
    const rank = engagementRank(profileOf([tracked('Replied', NOON)]), model);
    const crossing = crossingAt(rank, 5, model) ?? Number.NaN;
    expect(Math.abs(crossing - (NOON + 30 * DAY_MS))).toBeLessThanOrEqual(1);
  });

  it('is empty for what never crosses', () => {
    const negative = engagementRank(profileOf([tracked('Unsubscribed', NOON)]), model);
    expect([crossingAt(null, 1, model), crossingAt(negative, 1, model), crossingAt(1, 0, model)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(nextBandCrossingAt(profileOf([]), NOON, model)).toBeNull();
    expect(engagementAt(profileOf([]), NOON, model).forecast.map(({ crossesAt }) => crossesAt)).toEqual([null, null]);
  });
});
