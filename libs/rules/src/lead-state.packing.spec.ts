import { DAY_MS } from '@rekindle/scoring';
import { clicked, day, definitionsOf, opened, replied, sawPricing, Story, used, visited } from './lead.fixture';
import { emptyLeadState, type LeadState } from './lead-state';
import { decodeLeadState, encodeLeadState } from './lead-state.packing';
import { shippedRules } from './shipped.rules';

/** The states of a lead that warms up, fires, cools down and is quiet for long. */
function statesOfALife(): LeadState[] {
  const story = new Story(definitionsOf(shippedRules));
  const states = [story.state];
  const acts = [opened, clicked, visited, sawPricing, used, replied, replied, replied];
  acts.forEach((act, index) => {
    story.arrive([act(day(index * 1.37))], day(index * 1.37));
    states.push(story.state);
  });
  for (let days = 15; days < 150; days += 15) {
    story.arrive([], day(days));
    states.push(story.state);
  }
  return states;
}

describe('a stored state', () => {
  it('is the very state it was, at every turn of a lead’s life', () => {
    const states = statesOfALife();
    for (const state of states) expect(decodeLeadState(encodeLeadState(state))).toEqual(state);
    const triggers = states.flatMap((state) => Object.values(state.triggers));
    expect(triggers.some(({ firings, isOn }) => firings > 0 && isOn)).toBe(true);
    expect(triggers.some(({ heldSince }) => Object.keys(heldSince).length > 0)).toBe(true);
  });

  it('tells a due moment that never comes from one that was not worked out', () => {
    for (const due of [null, { at: null, modelVersion: 3 }, { at: day(2) + DAY_MS, modelVersion: 0 }]) {
      const state = { ...emptyLeadState(), due };
      expect(decodeLeadState(encodeLeadState(state))).toEqual(state);
    }
  });

  it('takes less than a third of the bytes it has as plain JSON', () => {
    for (const state of statesOfALife().slice(3)) {
      expect(encodeLeadState(state).length).toBeLessThan(JSON.stringify(state).length / 3);
    }
  });
});
