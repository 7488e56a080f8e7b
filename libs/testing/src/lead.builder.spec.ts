import { aLead, daysAgo } from './index';

const now = Date.UTC(2026, 5, 1, 12);

describe('the story of a lead', () => {
  it('becomes the items a client would send, in the order told', () => {
    const items = aLead('jane').identified({ title: 'CTO' }).opened(2, daysAgo(2)).visitedPricing().items(now);

    expect(items.map(({ type, event, name }) => event ?? name ?? type)).toEqual([
      'identify',
      'Email Opened',
      'Email Opened',
      'Pricing',
    ]);
    expect(items[0]?.traits).toEqual({ email: 'jane@acme.example', name: 'Lead jane', title: 'CTO' });
    expect(items[2]?.timestamp).toBe('2026-05-30T12:00:00.000Z');
    expect(items[3]?.properties).toMatchObject({ path: '/pricing' });
  });

  it('gives every item its own id and instant, the same at every telling', () => {
    const story = aLead('jane').opened(50, daysAgo(1));
    const items = story.items(now);

    expect(new Set(items.map(({ messageId }) => messageId)).size).toBe(50);
    expect(new Set(items.map(({ timestamp }) => timestamp)).size).toBe(50);
    expect(story.items(now)).toEqual(items);
  });

  it('branches without changing the story it branched from', () => {
    const begun = aLead('jane').opened();
    begun.clicked();

    expect(begun.items(now)).toHaveLength(1);
  });
});
