import { demoHistory, demoSize } from './history.demo';

const now = Date.UTC(2026, 5, 1, 12);

describe('the demo workspace', () => {
  const history = demoHistory(now);

  it('has 200 accounts, 2,000 leads and 120 days of events, none from the future', () => {
    expect(new Set(history.accounts.map((account) => account.name)).size).toBe(demoSize.accounts);
    expect(new Set(history.leads.map((lead) => lead.email)).size).toBe(demoSize.leads);
    const instants = history.messages.map(({ at }) => at);
    expect(Math.max(...instants)).toBeLessThan(now);
    expect(Math.min(...instants)).toBeGreaterThan(now - 121 * 86_400_000);
    expect(Math.min(...instants)).toBeLessThan(now - 110 * 86_400_000);
  });

  it('is the same on every machine and no message id is used twice', () => {
    expect(demoHistory(now)).toEqual(history);
    expect(new Set(history.messages.map(({ message }) => message.messageId)).size).toBe(history.messages.length);
  });

  it('tells every story of the cast', () => {
    const told = new Set(history.leads.map((lead) => lead.story));
    expect([...told].sort()).toEqual([
      'cold',
      'fading',
      'newcomer',
      'power-user',
      'spiking',
      'steady',
      'warming',
      'won-back',
    ]);
  });

  it('lets won-back leads click within three days after thirty quiet ones', () => {
    const lead = history.leads.find((candidate) => candidate.story === 'won-back');
    const own = history.messages.filter(
      ({ message }) => message['userId'] === lead?.userId && /^(track|page)$/.test(message.type),
    );
    const gaps = own.slice(1).map(({ at }, index) => ({ at, days: (at - (own[index]?.at ?? at)) / 86_400_000 }));
    const longest = gaps.reduce((one, other) => (other.days > one.days ? other : one));
    expect(longest.days).toBeGreaterThan(30);
    expect(own.find(({ at }) => at === longest.at)?.message['event']).toBe('Email Link Clicked');
  });
});
