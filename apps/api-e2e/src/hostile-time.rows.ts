import { newMessageId, refused, story, taken, type HostileRow } from './hostile.rows';
import { DAY, leadOf, scoreOf } from './world';

const now = Date.now();
const iso = (instant: number): string => new Date(instant).toISOString();
const HOUR = DAY / 24;

const atTime = (no: number, name: string, timestamp: unknown, instant: string): HostileRow =>
  taken(no, name, { timestamp }, { stored: { timestamp: instant, status: 'scored' } });
const before2000 = (no: number, name: string, timestamp: unknown): HostileRow =>
  taken(no, name, { timestamp }, { code: 'timestamp_out_of_range', stored: { status: 'unscored' } });

let walkers = 0;

/** Category D: time. */
export const timeRows: readonly HostileRow[] = [
  ...(
    [
      ['the epoch', '1970-01-01T00:00:00Z'],
      ['the epoch in ms', 0],
      ['one before the epoch', -1],
      ['1969', '1969-12-31T23:59:59.999Z'],
      ['the year 1', '0001-01-01T00:00:00Z'],
      ['the year 0', '0000-01-01T00:00:00Z'],
      ['the last instant of 1999', '1999-12-31T23:59:59.999Z'],
    ] as [string, unknown][]
  ).map(([name, timestamp]) => before2000(46, name, timestamp)),
  atTime(46, 'the first instant of 2000', '2000-01-01T00:00:00Z', '2000-01-01T00:00:00.000Z'),
  ...[1_000, DAY - HOUR].map((ahead) =>
    taken(47, `${ahead} ms ahead`, { timestamp: iso(now + ahead) }, { stored: { timestamp: iso(now + ahead) } }),
  ),
  ...['9999-12-31T23:59:59Z', '2038-01-19T03:14:08Z', iso(now + DAY + HOUR), 8.64e15].map((timestamp) =>
    taken(47, `${timestamp}`, { timestamp }, { code: 'clock_adjusted', stored: { status: 'scored' } }),
  ),
  refused(47, 'the year 275760 as text', { timestamp: '+275760-09-13T00:00:00Z' }, 'invalid_timestamp'),
  before2000(48, 'seconds: in ms that is 1970', Math.floor(now / 1_000)),
  taken(48, 'microseconds: in ms that is far ahead', { timestamp: now * 1_000 }, { code: 'clock_adjusted' }),
  refused(48, 'nanoseconds', { timestamp: now * 1_000_000 }, 'invalid_timestamp'),
  refused(48, 'half a millisecond', { timestamp: now + 0.5 }, 'invalid_timestamp'),
  refused(48, 'a number as text', { timestamp: String(now) }, 'invalid_timestamp'),
  ...(
    [
      ['2025-01-02T03:04:05', '2025-01-02T03:04:05.000Z'],
      ['2025-01-02T03:04:05+14:00', '2025-01-01T13:04:05.000Z'],
      ['2025-01-02T03:04:05-12:00', '2025-01-02T15:04:05.000Z'],
      ['2025-01-02T03:04:05+0530', '2025-01-01T21:34:05.000Z'],
      ['2025-01-02T24:00:00Z', '2025-01-03T00:00:00.000Z'],
      ['2015-2-02', '2015-02-02T00:00:00.000Z'],
      ['2025-01-02', '2025-01-02T00:00:00.000Z'],
      ['2025-01-02 03:04:05Z', '2025-01-02T03:04:05.000Z'],
      ['2025-01-02T03:04:05.123456789Z', '2025-01-02T03:04:05.123Z'],
      ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ] as const
  ).map(([text, instant]) => atTime(49, text, text, instant)),
  ...[
    '2016-12-31T23:59:60Z',
    '2025-W01-2',
    '2025-13-01',
    '2025-02-29',
    '2025-02-31T00:00:00Z',
    '01/02/2025',
    'now',
    'Thu, 02 Jan 2025 03:04:05 GMT',
  ].map((timestamp) => refused(49, timestamp, { timestamp }, 'invalid_timestamp')),
  // An instant has no summer time: hours that a zone skips or has twice differ by their offset alone.
  atTime(50, 'the hour that comes twice, first', '2024-10-27T02:30:00+02:00', '2024-10-27T00:30:00.000Z'),
  atTime(50, 'the hour that comes twice, second', '2024-10-27T02:30:00+01:00', '2024-10-27T01:30:00.000Z'),
  atTime(50, 'the day Samoa skipped', '2011-12-30T12:00:00+14:00', '2011-12-29T22:00:00.000Z'),
  atTime(50, 'a zone of half an hour', '2024-06-01T12:00:00+09:30', '2024-06-01T02:30:00.000Z'),
  story(51, 'a clock that is an hour slow is put right by when it sent', async (world) => {
    const messageId = newMessageId();
    const at = Date.now() - 2 * HOUR;
    const item = { type: 'track', event: 'Email Opened', userId: 'slow', messageId, timestamp: iso(at) };
    await world.post('/v1/batch', { batch: [item], sentAt: iso(Date.now() - HOUR) });
    const stored = await world.stored(messageId);
    expect(Math.abs(Date.parse(stored?.timestamp ?? '') - (at + HOUR))).toBeLessThan(2_000);
  }),
  ...['1970-01-01T00:00:00Z', 'nonsense', 0, null, {}].map((sentAt) =>
    taken(
      51,
      `sent at ${JSON.stringify(sentAt)}`,
      { timestamp: iso(now - DAY), sentAt },
      { stored: { timestamp: iso(now - DAY) } },
    ),
  ),
  ...[1, 90, 5 * 365].map((days) =>
    story(52, `${days} days late: scored as of its own time`, async (world) => {
      const userId = `late-${days}-${newMessageId()}`;
      const at = now - days * DAY;
      const item = { type: 'track', event: 'Email Replied', userId, messageId: newMessageId(), timestamp: iso(at) };
      await world.post('/v1/batch', { batch: [item] });
      const { engagement } = await scoreOf(world.server, (await leadOf(world.server, userId)).id, now);
      expect(engagement.points).toBeCloseTo(10 * 2 ** (-days / 30), 6);
    }),
  ),
  story(53, '10,000 events at one instant', async (world) => {
    const userId = `crowd-${(walkers += 1)}`;
    const timestamp = iso(now - HOUR);
    for (let batch = 0; batch < 20; batch += 1) {
      const items = Array.from({ length: 500 }, () => ({
        ...{ type: 'track', event: 'Email Link Clicked', userId, messageId: newMessageId(), timestamp },
      }));
      await world.post('/v1/batch', { batch: items });
    }
    const { score } = await leadOf(world.server, userId);
    expect(score.engagement.contributions).toMatchObject([{ signal: 'link-click', count: 10_000 }]);
  }),
];
