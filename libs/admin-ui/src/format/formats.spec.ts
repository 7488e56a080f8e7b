import { createFormats } from './formats';

const now = Date.parse('2026-03-29T12:00:00.000Z');
const ago = (ms: number): number => now - ms;
const formats = createFormats('en-GB', 'Europe/Berlin');

describe('numbers and instants as people read them', () => {
  it('writes a change with its sign, and a true minus', () => {
    expect([3.24, -1.06, 0, -0.02].map((value) => formats.signed(value))).toEqual(['+3.2', '\u22121.1', '0.0', '0.0']);
  });

  it('shows no score that its band contradicts', () => {
    expect([59.97, 60, 59.99999999, 0].map((value) => formats.score(value))).toEqual(['59', '60', '60', '0']);
  });

  it('never shows a negative zero as points', () => {
    expect(formats.points(-0.001)).toBe('0.00');
  });

  it('groups thousands', () => {
    expect(formats.integer(12_345)).toBe('12,345');
  });

  it('says how long ago in the largest sensible unit', () => {
    expect(formats.relative(ago(10_000), now)).toBe('now');
    expect(formats.relative(ago(2 * 60_000), now)).toBe('2 min ago');
    expect(formats.relative(ago(26 * 3_600_000), now)).toBe('yesterday');
    expect(formats.relative(ago(12 * 86_400_000), now)).toBe('12 days ago');
    expect(formats.relative(now + 12.5 * 86_400_000, now)).toBe('in 12 days');
  });

  it('says it in fewer letters where there is only a column', () => {
    expect([2 * 60_000, 26 * 3_600_000, 12 * 86_400_000].map((ms) => formats.ago(ago(ms), now))).toEqual([
      '2m ago',
      '1d ago',
      '12d ago',
    ]);
    expect(formats.ago(ago(3_000), now)).toBe('now');
  });

  it('shows the clock of the workspace on both sides of the change to summer time', () => {
    expect(formats.clock('2026-03-29T00:30:00.000Z')).toBe('01:30:00');
    expect(formats.clock('2026-03-29T01:30:00.000Z')).toBe('03:30:00');
  });

  it('names the zone in the whole form', () => {
    expect(formats.full('2026-03-29T12:00:00.000Z')).toMatch(/29 Mar 2026.*14:00:00 CEST/);
  });
});
