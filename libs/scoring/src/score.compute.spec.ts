import { daysBefore, HOUR_MS, model, noAttributes, NOON, page, profileOf, tracked } from './event.fixture';
import { DAY_MS, type ScoringEvent } from './profile';
import type { Score } from './score';
import { scoreAt } from './score.compute';

const scoreOf = (events: ScoringEvent[], at = NOON): Score =>
  scoreAt({ profile: profileOf(events), attributes: noAttributes, at, model });

describe("a lead's score", () => {
  it('R7: of two leads of equal fit, the one that opened, clicked and visited thrice is above the silent one', () => {
    const recent = (days: number): number => daysBefore(NOON, days);
    const active = scoreOf([
      tracked('Email Opened', recent(6)),
      tracked('Email Opened', recent(4)),
      tracked('Email Link Clicked', recent(4)),
      ...[5, 3, 1].map((days) => page('/product', recent(days))),
    ]);
    const silent = scoreOf([tracked('Email Opened', recent(45)), tracked('Email Link Clicked', recent(44))]);
    expect(active.engagement.score).toBeGreaterThan(silent.engagement.score);
    expect(active.priority.value).toBeGreaterThan(silent.priority.value);
    expect(scoreOf([]).priority.value).toBeLessThan(silent.priority.value);
  });

  it('R15: a thousand opens alone cannot reach "high", on one day or over a thousand hours', () => {
    for (const step of [1, HOUR_MS]) {
      const opens = Array.from({ length: 1_000 }, (_, index) => tracked('Email Opened', NOON - index * step));
      const { engagement } = scoreOf(opens);
      expect(engagement.points).toBeLessThanOrEqual(5 + 1e-9);
      expect(engagement.band).toBe('low');
    }
  });

  it('never confuses no score, zero and was active', () => {
    expect(scoreOf([]).engagement).toMatchObject({ state: 'none', band: null, points: 0, score: 0 });
    expect(scoreOf([tracked('Unsubscribed', NOON)]).engagement).toMatchObject({ state: 'zero', band: 'low', score: 0 });
    expect(scoreOf([tracked('Replied', NOON)]).engagement.state).toBe('active');
    const faded = scoreOf([tracked('Replied', daysBefore(NOON, 300))]).engagement;
    expect(faded.state).toBe('was-active');
    expect(faded.points).toBeGreaterThan(0);
    expect(scoreOf([tracked('Replied', 0)], Date.parse('9999-01-01T00:00:00Z')).engagement.state).toBe('was-active');
  });

  it('W2: a lead with no event has no score, and every other a score from 0 to 100', () => {
    const replies = Array.from({ length: 500 }, (_, index) => tracked('Replied', NOON - index));
    expect(scoreOf(replies).engagement.score).toBeLessThanOrEqual(100);
    expect(scoreOf(replies).engagement.band).toBe('high');
    expect(scoreOf([]).priority.cell).toBe('C4');
  });

  it('M2: sinks without any job: 30 days later the same profile scores lower', () => {
    const events = [tracked('Demo Requested', NOON)];
    expect(scoreOf(events, NOON + 30 * DAY_MS).engagement.score).toBeLessThan(scoreOf(events).engagement.score);
  });

  it('M26, M27: says as of when and by which model, with the last activity and what contributed', () => {
    const score = scoreOf([tracked('Replied', NOON - 5), tracked('Email Opened', NOON - 9)]);
    expect(score).toMatchObject({ at: NOON, model: { key: 'default', version: 1 }, lastActivityAt: NOON - 5 });
    expect(score.engagement.contributions.map(({ label }) => label)).toEqual([
      'Replied to an e-mail',
      'Opened an e-mail',
    ]);
  });

  it('M7: carries score, tier and days since the last action', () => {
    const { usage } = scoreOf([tracked('Feature Used', daysBefore(NOON, 4), { feature_name: 'api' })]);
    expect(usage).toMatchObject({ tier: 'at-risk', daysSinceLast: 4 });
    expect(usage.score).toBeGreaterThan(0);
  });
});
