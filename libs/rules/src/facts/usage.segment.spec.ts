import { defaultModel, type ScoringModel } from '@rekindle/scoring';
import { aRule, day, definitionsOf, Story, used } from '../lead.fixture';

const segmented: ScoringModel = {
  ...defaultModel,
  usage: {
    ...defaultModel.usage,
    segments: [
      {
        key: 'starter',
        label: 'Starter plan',
        match: { fact: 'lead.trait', path: 'plan', operator: 'eq', value: 'starter' },
        tiers: [
          { key: 'fan', label: 'Fan', minEvents: 3 },
          { key: 'dormant', label: 'Dormant', minEvents: 0 },
        ],
      },
    ],
  },
};
const fans = aRule({ key: 'fans', when: { fact: 'usage.tier', operator: 'eq', value: 'fan' } });

function storyOf(plan: string): Story {
  const story = new Story(definitionsOf([fans], segmented));
  story.attributes = { traits: { plan }, accountTraits: {} };
  story.live([used(day(0)), used(day(1)), used(day(2))]);
  story.runTimer(day(50));
  return story;
}
const tiersOf = (story: Story): unknown[] =>
  story.changes.flatMap((change) => (change.kind === 'tier' ? [[change.at, change.to]] : []));

describe('a tier table of a segment', () => {
  it('M25: decides the tier, its changes and the rules over it for leads inside', () => {
    const story = storyOf('Starter');
    expect(tiersOf(story)).toEqual([
      [day(0), 'dormant'],
      [day(2), 'fan'],
      [day(30), 'dormant'],
    ]);
    expect(story.firings('fans')).toEqual([day(2)]);
  });

  it('M25: leaves every other lead to the default', () => {
    const story = storyOf('team');
    expect(tiersOf(story)).toEqual([
      [day(0), 'at-risk'],
      [day(32), 'dormant'],
    ]);
    expect(story.firings('fans')).toEqual([]);
  });
});
