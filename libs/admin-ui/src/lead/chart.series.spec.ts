import type { LeadHistory } from '../api/shapes';
import { chartOf, MOST_SERIES, OTHER, scoreTicks, ticksOf } from './chart.series';

const point = (day: number, score: number, bySignal: Record<string, number>, isForecast = false) => ({
  at: new Date(Date.UTC(2026, 10, day)).toISOString(),
  score,
  points: Object.values(bySignal).reduce((sum, value) => sum + value, 0),
  isForecast,
  bySignal,
});

const history = (points: LeadHistory['points']): LeadHistory => ({
  now: '2026-11-21T00:00:00.000Z',
  bands: [
    { key: 'high', label: 'High', minScore: 60 },
    { key: 'medium', label: 'Medium', minScore: 25 },
    { key: 'low', label: 'Low', minScore: 0 },
  ],
  points,
  signals: [{ key: 'reply', label: 'Reply' }],
});

const sum = (shares: Record<string, number>): number =>
  Object.values(shares).reduce((total, value) => total + value, 0);

describe('the chart of a lead', () => {
  it('stacks the signals up to the score, whatever was lost by negative signals', () => {
    const { rows } = chartOf(history([point(20, 30, { reply: 9, 'link-click': 3, unsubscribe: -4 })]), 'Other');
    expect(sum(rows[0]?.shares ?? {})).toBeCloseTo(30, 9);
    expect(rows[0]?.shares).not.toHaveProperty('unsubscribe');
  });

  it('gives the loudest signals a colour each and gathers the rest', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`signal-${index}`, 9 - index]));
    const { series, rows } = chartOf(history([point(20, 50, many)]), 'Other');
    expect(series).toHaveLength(MOST_SERIES + 1);
    expect(series.at(-1)).toMatchObject({ key: OTHER, label: 'Other' });
    expect(sum(rows[0]?.shares ?? {})).toBeCloseTo(50, 9);
  });

  it('starts the dashed forecast where the past ends', () => {
    const { rows } = chartOf(
      history([point(20, 30, { reply: 9 }), point(21, 29, { reply: 8.8 }), point(22, 28, { reply: 8.6 }, true)]),
      'Other',
    );
    expect(rows.map(({ score, forecast }) => [score, forecast])).toEqual([
      [30, null],
      [29, 29],
      [null, 28],
    ]);
  });

  it('keeps every cut-off inside the picture even for a low score', () => {
    const { top, thresholds } = chartOf(history([point(20, 4, { reply: 1 })]), 'Other');
    expect(thresholds.map(({ score }) => score)).toEqual([60, 25]);
    expect(top).toBe(80);
    expect(scoreTicks(top)).toEqual([0, 20, 40, 60, 80]);
  });

  it('spreads the ticks from the first day to the last', () => {
    const { rows } = chartOf(history([point(1, 1, {}), point(11, 1, {}), point(21, 1, {})]), 'Other');
    expect(ticksOf(rows, 3).map((at) => new Date(at).getUTCDate())).toEqual([1, 11, 21]);
  });
});
