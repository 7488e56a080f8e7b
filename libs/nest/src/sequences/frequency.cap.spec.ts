import { nextAllowedAt } from './frequency.cap';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 100 * DAY;

describe('how often a person is written to', () => {
  it.each<[string, number[], number]>([
    ['nothing was sent', [], NOW],
    ['a mail 24 hours ago', [NOW - DAY], NOW],
    ['a mail a moment less than 24 hours ago', [NOW - DAY + 1], NOW + 1],
    ['a mail an hour ago', [NOW - HOUR], NOW + 23 * HOUR],
    ['two mails this week', [NOW - 3 * DAY, NOW - 2 * DAY], NOW],
    ['three mails this week', [NOW - 6 * DAY, NOW - 4 * DAY, NOW - 2 * DAY], NOW + DAY],
    ['three mails, the first just out of the week', [NOW - 7 * DAY, NOW - 4 * DAY, NOW - 2 * DAY], NOW],
    ['three mails this week, the last an hour ago', [NOW - 6.5 * DAY, NOW - 4 * DAY, NOW - HOUR], NOW + 23 * HOUR],
  ])('after %s', (_, sentAt, allowedAt) => {
    expect(nextAllowedAt(sentAt, NOW)).toBe(allowedAt);
  });
});
