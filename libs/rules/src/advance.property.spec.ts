import { DAY_MS, scoreAt, type ScoringEvent } from '@rekindle/scoring';
import fc from 'fast-check';
import { advance } from './advance';
import { anyRule, histories, YEAR_HOURS } from './history.fixture';
import { aRule, clicked, definitionsOf, FEWER_RUNS, nobody, START, Story } from './lead.fixture';
import { emptyLeadState, type Change } from './lead-state';
import { rebuild, replay } from './replay';
import type { TriggerRule } from './rule.schema';
import { shippedRules } from './shipped.rules';

const END = START + 200 * DAY_MS;

/** The whole history in one call, long after. */
function atOnce(events: readonly ScoringEvent[], rule: TriggerRule): Story {
  const story = new Story(definitionsOf([rule]));
  story.arrive(events, END);
  return story;
}

describe('advance', () => {
  it('gives the same state and changes however the history is cut into calls and timer ticks', () => {
    fc.assert(
      fc.property(
        histories,
        anyRule,
        fc.array(fc.nat({ max: 200 * DAY_MS }), { maxLength: 30 }),
        (events, rule, ticks) => {
          const whole = atOnce(events, rule);
          const cut = new Story(whole.definitions);
          const moments = [
            ...events.map((event) => ({ at: event.at, events: [event] })),
            ...ticks.map((offset) => ({ at: START + offset, events: [] })),
          ].sort((one, other) => one.at - other.at);
          for (const moment of moments) cut.arrive(moment.events, moment.at);
          cut.arrive([], END);
          expect(cut.state).toEqual(whole.state);
          expect(cut.changes).toEqual(whole.changes);
          expect(cut.summary).toEqual(whole.summary);
        },
      ),
      { seed: 20_260_103 },
    );
  });

  it('gives the same for a timer that runs exactly when due and for one that runs late', () => {
    fc.assert(
      fc.property(histories, anyRule, (events, rule) => {
        const late = new Story(definitionsOf([{ ...rule, mostEventAgeHours: 1 }]));
        const onTime = new Story(late.definitions);
        late.live(events);
        late.arrive([], END);
        for (const event of events) {
          if (onTime.summary !== null) onTime.runTimer(event.at);
          onTime.arrive([event], event.at);
        }
        onTime.runTimer(END);
        expect(onTime.state).toEqual(late.state);
        expect(onTime.changes).toEqual(late.changes);
      }),
      { seed: 20_260_104 },
    );
  });

  it('tells every crossing of band and tier at its exact millisecond, and no other', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const definitions = definitionsOf([]);
        const { changes } = replay({ events, attributes: nobody, until: END }, definitions);
        const scoreOf = (at: number) => {
          const { state } = replay({ events, attributes: nobody, until: at }, definitions);
          return scoreAt({ profile: state.profile, attributes: nobody, at, model: definitions.model });
        };
        const grid = Array.from({ length: 40 }, (_, index) => START + index * 5 * DAY_MS);
        for (const at of [...changes.flatMap((change) => [change.at - 1, change.at]), ...grid]) {
          const { engagement, usage } = scoreOf(at);
          const last = (kind: 'band' | 'tier') => changes.findLast((change) => change.kind === kind && change.at <= at);
          const [band, tier] = [last('band'), last('tier')];
          expect(band?.kind === 'band' ? band.to : null).toBe(engagement.band);
          if (tier?.kind === 'tier') expect(tier.to).toBe(usage.tier);
        }
      }),
      { seed: 20_260_105, numRuns: FEWER_RUNS },
    );
  });

  it('agrees with a reference that looks at the score every few hours and at every event', () => {
    const line = fc.record({ enter: fc.integer({ min: 20, max: 65 }), leave: fc.integer({ min: 5, max: 19 }) });
    fc.assert(
      fc.property(histories, line, (events, { enter, leave }) => {
        const rule = aRule({
          when: { fact: 'engagement.score', operator: 'gte', value: enter },
          until: { fact: 'engagement.score', operator: 'lt', value: leave },
          mostEventAgeHours: YEAR_HOURS,
        });
        const { definitions, changes } = atOnce(events, rule);
        const fired = changes.flatMap((change) => (change.kind === 'firing' ? [change.at] : []));
        const scoreOf = (at: number, index: number) => {
          const { state } = advanceAll(events.slice(0, index));
          return scoreAt({ profile: state.profile, attributes: nobody, at, model: definitions.model }).engagement.score;
        };
        const advanceAll = (some: readonly ScoringEvent[]) =>
          advance({ state: emptyLeadState(), attributes: nobody, events: some, now: START }, definitionsOf([]));
        let isOn = false;
        const expected: number[] = [];
        events.forEach((event, index) => {
          const previous = events[index - 1];
          if (isOn && previous !== undefined && scoreOf(event.at, index) < leave) isOn = false;
          const score = scoreOf(event.at, index + 1);
          if (isOn && score < leave) isOn = false;
          else if (!isOn && score >= enter) {
            isOn = true;
            expected.push(event.at);
          }
        });
        expect(fired).toEqual(expected);
      }),
      { seed: 20_260_106, numRuns: FEWER_RUNS },
    );
  });

  it('never leaves a due instant in the past and never changes its arguments', () => {
    fc.assert(
      fc.property(histories, anyRule, fc.nat({ max: 100 * DAY_MS }), (events, rule, lag) => {
        const definitions = definitionsOf([rule, ...shippedRules]);
        const state = advance({ state: emptyLeadState(), attributes: nobody, events, now: END }, definitions).state;
        const before = JSON.stringify(state);
        const now = END + lag;
        const result = advance({ state, attributes: nobody, events: [clicked(now)], now }, definitions);
        expect(JSON.stringify(state)).toBe(before);
        expect(result.summary.nextDueAt ?? Infinity).toBeGreaterThan(now);
        const stored: typeof result.state = JSON.parse(JSON.stringify(result.state));
        expect(advance({ state: stored, attributes: nobody, events: [], now }, definitions).state).toEqual(
          result.state,
        );
      }),
      { seed: 20_260_107, numRuns: FEWER_RUNS },
    );
  });

  it('gives after a rebuild what it gave live, without new changes', () => {
    fc.assert(
      fc.property(histories, anyRule, (events, rule) => {
        const live = atOnce(events, rule);
        const input = { events, attributes: nobody, now: END, previous: live.state };
        const rebuilt = rebuild(input, live.definitions);
        expect(rebuilt.changes).toEqual<Change[]>([]);
        expect(rebuilt.state).toEqual(live.state);
        expect(rebuilt.summary).toEqual(live.summary);
      }),
      { seed: 20_260_108 },
    );
  });

  it('scores late events as if they had come in time', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat({ max: 1_000 })), (events, keys) => {
        const definitions = definitionsOf(shippedRules);
        const shuffled = events
          .map((event) => ({ event, key: keys.next().value ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ event }) => event);
        const story = new Story(definitions);
        for (const event of shuffled) story.arrive([event], END);
        const { summary, state } = replay({ events, attributes: nobody, until: END }, definitions);
        expect(story.state.profile.signals).toEqual(state.profile.signals);
        expect(story.summary?.engagementRank).toBe(summary.engagementRank);
        expect(story.state.band).toBe(state.band);
        expect(story.state.tier).toBe(state.tier);
        expect(story.firings('engagement-high')).toEqual([]);
      }),
      { seed: 20_260_109 },
    );
  });
});
