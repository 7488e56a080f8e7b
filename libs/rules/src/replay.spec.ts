import { DAY_MS } from '@rekindle/scoring';
import { aRule, clicked, day, definitionsOf, HOUR_MS, nobody, replied, Story, used, visited } from './lead.fixture';
import { emptyLeadState } from './lead-state';
import { rebuild, replay } from './replay';

const hot = aRule({ when: { fact: 'engagement.score', operator: 'gte', value: 60 } });
const low = aRule({ key: 'low', when: { fact: 'engagement.score', operator: 'lt', value: 25, forDays: 30 } });
const replies = [0, 0.1, 0.2].map((days) => replied(day(days)));

describe('replay', () => {
  it('fires for history as if every event had been noticed on time', () => {
    const { changes } = replay({ events: replies, attributes: nobody, until: day(300) }, definitionsOf([hot]));
    expect(changes.flatMap((change) => (change.kind === 'firing' ? [change.at] : []))).toEqual([day(0.2)]);
  });

  it('takes events in any order and leaves out those after its end', () => {
    const definitions = definitionsOf([hot, low]);
    const events = [...replies, clicked(day(5)), used(day(6))];
    const ordered = replay({ events, attributes: nobody, until: day(5.5) }, definitions);
    const reversed = replay({ events: events.toReversed(), attributes: nobody, until: day(5.5) }, definitions);
    expect(reversed).toEqual(ordered);
    expect(ordered.state.profile.lastAt).toBe(day(5));
  });
});

describe('rebuild', () => {
  it('keeps what already fired, so that a merge does not alert again', () => {
    const lead = new Story(definitionsOf([hot]));
    lead.live(replies);
    const events = [visited(day(-3)), ...replies];
    const input = { events, attributes: nobody, now: day(1), previous: lead.state };
    const { changes, state } = rebuild(input, lead.definitions);
    expect(changes).toEqual([]);
    expect(state.triggers['a-rule']).toMatchObject({ isOn: true, firings: 1, lastFiredAt: day(0.2) });
    expect(state.profile.totalEvents).toBe(4);
  });

  it('fires if the joined history is hot and its newest event is recent', () => {
    const lead = new Story(definitionsOf([hot]));
    lead.live(replies.slice(0, 2));
    const input = { events: replies, attributes: nobody, now: day(0.2) + HOUR_MS, previous: lead.state };
    expect(rebuild(input, lead.definitions).changes.map((change) => change.kind)).toEqual(['band', 'firing']);
    const late = rebuild({ ...input, now: day(3) }, lead.definitions);
    expect(late.changes.map((change) => change.kind)).toEqual(['band']);
    expect(late.state.triggers['a-rule']).toMatchObject({ isOn: true, firings: 0 });
    const silent = rebuild({ ...input, isSilent: true }, lead.definitions);
    expect(silent.changes.map((change) => change.kind)).toEqual(['band']);
  });

  it('measures "for 30 days" anew from the joined history', () => {
    const lead = new Story(definitionsOf([low]));
    lead.live([clicked(day(0)), clicked(day(20))]);
    expect(lead.summary?.nextDueAt).toBe(day(30));
    const reply = { ...replied(day(10)), messageId: 'reply' };
    const second = { ...replied(day(10)), messageId: 'second' };
    const events = [clicked(day(0)), reply, second, clicked(day(20))];
    const joined = rebuild({ events, attributes: nobody, now: day(20), previous: lead.state }, lead.definitions);
    expect(joined.summary.nextDueAt).toBeGreaterThan(day(30));
    const story = new Story(lead.definitions);
    story.state = joined.state;
    story.runTimer(day(120));
    const whole = replay({ events, attributes: nobody, until: day(120) }, lead.definitions);
    const fired = whole.changes.flatMap((change) => (change.kind === 'firing' ? [change.at] : []));
    expect(story.firings('low')).toEqual(fired);
    expect(fired).toHaveLength(1);
  });

  it('M11: keeps the first tier, and finds it where there was none', () => {
    const definitions = definitionsOf([]);
    const events = [...Array(10).keys()].map((index) => used(day(index)));
    const previous = { ...emptyLeadState(), clock: day(0), firstTier: 'power' };
    const input = { events, attributes: nobody, now: day(9), previous };
    expect(rebuild(input, definitions).state.firstTier).toBe('power');
    expect(rebuild({ ...input, previous: emptyLeadState() }, definitions).state.firstTier).toBe('at-risk');
  });

  it('leaves a lead whose events all moved away without a score', () => {
    const lead = new Story(definitionsOf([hot]));
    lead.live(replies);
    const input = { events: [], attributes: nobody, now: day(2), previous: lead.state };
    const { summary, state } = rebuild(input, lead.definitions);
    expect(summary).toMatchObject({ engagementRank: null, lastActivityAt: null, nextDueAt: null });
    expect(state.band).toBeNull();
    expect(state.triggers['a-rule']?.isOn).toBe(false);
  });

  it('has the timer go on where the history ends', () => {
    const definitions = definitionsOf([low]);
    const input = { events: [clicked(day(0))], attributes: nobody, now: day(1), previous: emptyLeadState() };
    expect(rebuild(input, definitions).summary.nextDueAt).toBe(day(0) + 30 * DAY_MS);
  });
});
