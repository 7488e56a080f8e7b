import fc from 'fast-check';
import { isGivenUp, type DeliveryReport } from './soft.bounces';

const DAY = 86_400_000;
const rule = { days: 3, withinDays: 30 };
const noon = Date.UTC(2026, 2, 2, 12);
const bounced = (day: number, mail: string | null = null): DeliveryReport => ({
  isDelivered: false,
  at: noon + day * DAY,
  mail,
});
const delivered = (day: number, mail: string | null = null): DeliveryReport => ({
  ...bounced(day, mail),
  isDelivered: true,
});

describe('an address whose mails come back for now', () => {
  it.each<[string, DeliveryReport[], boolean]>([
    ['twice', [bounced(0), bounced(1)], false],
    ['three times in a day', [bounced(0), bounced(0.1), bounced(0.2)], false],
    ['on three days', [bounced(0), bounced(1), bounced(2)], true],
    ['on three days within exactly thirty', [bounced(0), bounced(7), bounced(30)], true],
    ['on three days of a longer time', [bounced(0), bounced(7), bounced(30.01)], false],
    ['on three of the last days after earlier ones', [bounced(0), bounced(40), bounced(41), bounced(42)], true],
    ['with a delivery between', [bounced(0), bounced(1), delivered(1.5), bounced(2), bounced(3)], false],
    ['on three days after a delivery', [bounced(0), delivered(0.5), bounced(1), bounced(2), bounced(3)], true],
    [
      'later, having been taken in each time',
      [0, 1, 2].flatMap((day) => [delivered(day, `mail-${day}`), bounced(day + 0.1, `mail-${day}`)]),
      true,
    ],
  ])('%s', (_, reports, isOver) => {
    expect(isGivenUp(reports, rule)).toBe(isOver);
    expect(isGivenUp([...reports].reverse(), rule)).toBe(isOver);
  });

  it('P4: is given up or not by the set of reports, whatever their order', () => {
    const report = fc.record({
      isDelivered: fc.boolean(),
      at: fc.integer({ min: 0, max: 200 }).map((sixth) => noon + (sixth * DAY) / 6),
      mail: fc.constantFrom(null, 'a', 'b', 'c', 'd'),
    });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 10 }), (reports) => {
        expect(isGivenUp([...reports].reverse(), rule)).toBe(isGivenUp(reports, rule));
      }),
      { seed: 5 },
    );
  });
});
