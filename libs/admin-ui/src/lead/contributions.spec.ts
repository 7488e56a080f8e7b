import { contributionRows } from './contributions';
import { crossingsAhead } from './next-crossing';

const share = (label: string, points: number) => ({
  signal: label.toLowerCase(),
  label,
  count: 1,
  points,
  lastAt: '2026-11-20T10:00:00.000Z',
});

describe('why this score', () => {
  it('adds up to the last digit shown', () => {
    const { rows, total } = contributionRows({
      contributions: [share('Open', 1 / 3), share('Reply', 20 / 3), share('Click', 4 / 3), share('Bounce', -2.111)],
    });
    const shown = rows.reduce((sum, { points }) => sum + Math.round(points * 100), 0);
    expect(shown).toBe(Math.round(total * 100));
    expect(total).toBe(6.22);
  });

  it('puts what counts most first and what costs last', () => {
    const { rows } = contributionRows({ contributions: [share('Bounce', -2), share('Open', 1), share('Reply', 9)] });
    expect(rows.map(({ label }) => label)).toEqual(['Reply', 'Open', 'Bounce']);
  });
});

describe('if nothing happens', () => {
  const now = Date.parse('2026-11-21T00:00:00.000Z');

  it('names the next band to be lost first and leaves out what is lost already', () => {
    const ahead = crossingsAhead(
      [
        { band: 'low', minScore: 0, crossesAt: null },
        { band: 'medium', minScore: 25, crossesAt: '2026-12-30T00:00:00.000Z' },
        { band: 'high', minScore: 60, crossesAt: '2026-12-03T00:00:00.000Z' },
      ],
      now,
    );
    expect(ahead.map(({ band }) => band)).toEqual(['high', 'medium']);
  });

  it('has nothing to say about a crossing that lies behind', () => {
    expect(crossingsAhead([{ band: 'high', minScore: 60, crossesAt: '2026-11-20T00:00:00.000Z' }], now)).toEqual([]);
  });
});
