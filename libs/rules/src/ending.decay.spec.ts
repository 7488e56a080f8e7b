import {
  DAY_MS,
  defaultModel,
  engagementPointsAt,
  hasStaticRank,
  scoreAt,
  type ScoringEvent,
  type ScoringModel,
} from '@rekindle/scoring';
import fc from 'fast-check';
import { anyRule, histories } from './history.fixture';
import { aRule, day, definitionsOf, did, FEWER_RUNS, nobody, replied, START, Story } from './lead.fixture';
import { rebuild, replay } from './replay';
import { HistoryReplay } from './replay/history.replay';

type Decay = NonNullable<ScoringModel['engagement']['decay']>;

function modelOf(decay: Decay): ScoringModel {
  return { ...defaultModel, engagement: { ...defaultModel.engagement, decay } };
}

const windowed = modelOf({ kind: 'window', days: 30 });
const falling = modelOf({ kind: 'linear', days: 30 });
const stepped = modelOf({
  kind: 'step',
  steps: [
    { untilDays: 7, percent: 100 },
    { untilDays: 30, percent: 40 },
  ],
});
const models = { windowed, falling, stepped };
const aKind = fc.constantFrom('windowed', 'falling', 'stepped');
const END = START + 120 * DAY_MS;
const landmark = Date.parse(defaultModel.landmark);

/** What a store would rank the lead by at an instant until the next due one. */
function rankAt({ summary }: Story, at: number): number {
  return (summary?.engagementRank ?? Number.NaN) + (summary?.engagementSlope ?? 0) * (at - landmark);
}

function whole(events: readonly ScoringEvent[], definitions: Story['definitions']): Story {
  const story = new Story(definitions);
  story.arrive(events, END);
  return story;
}

describe('under a decay that ends', () => {
  it('state and changes are the same however the history is cut into calls and timer ticks', () => {
    const ticks = fc.array(fc.nat({ max: 120 * DAY_MS }), { maxLength: 20 });
    fc.assert(
      fc.property(histories, anyRule, ticks, aKind, (events, rule, offsets, kind) => {
        const once = whole(events, definitionsOf([rule], models[kind]));
        const cut = new Story(once.definitions);
        const moments = [
          ...events.map((event) => ({ at: event.at, events: [event] })),
          ...offsets.map((offset) => ({ at: START + offset, events: [] })),
        ].sort((one, other) => one.at - other.at);
        for (const moment of moments) cut.arrive(moment.events, moment.at);
        cut.arrive([], END);
        expect(cut.state).toEqual(once.state);
        expect(cut.changes).toEqual(once.changes);
        expect(cut.summary).toEqual(once.summary);
      }),
      { seed: 20_260_501 },
    );
  });

  it('every crossing of a band is told at its exact millisecond, up or down, and no other', () => {
    fc.assert(
      fc.property(
        histories,
        aKind,
        fc.array(fc.nat({ max: 120 * DAY_MS }), { maxLength: 20 }),
        (events, kind, spots) => {
          const definitions = definitionsOf([], models[kind]);
          const { model } = definitions;
          const { changes } = replay({ events, attributes: nobody, until: END }, definitions);
          const bandAt = (at: number) => {
            const { state } = replay({ events, attributes: nobody, until: at }, definitions);
            return scoreAt({ profile: state.profile, attributes: nobody, at, model }).engagement.band;
          };
          const bands = changes.flatMap((change) => (change.kind === 'band' ? [change] : []));
          for (const at of [
            ...bands.flatMap((change) => [change.at - 1, change.at]),
            ...spots.map((ms) => START + ms),
          ]) {
            expect(bands.findLast((change) => change.at <= at)?.to ?? null).toBe(bandAt(at));
          }
        },
      ),
      { seed: 20_260_502, numRuns: FEWER_RUNS },
    );
  });

  it('a rebuild gives what was given live, without new changes', () => {
    fc.assert(
      fc.property(histories, anyRule, aKind, (events, rule, kind) => {
        const live = whole(events, definitionsOf([rule], models[kind]));
        const input = { events, attributes: nobody, now: END, previous: live.state };
        const rebuilt = rebuild(input, live.definitions);
        expect(rebuilt.changes).toEqual([]);
        expect(rebuilt.state).toEqual(live.state);
        expect(rebuilt.summary).toEqual(live.summary);
      }),
      { seed: 20_260_503 },
    );
  });

  it("a history streamed through gives what the lead's own replay gives", () => {
    fc.assert(
      fc.property(histories, anyRule, aKind, (events, rule, kind) => {
        const definitions = definitionsOf([rule], models[kind]);
        const own = replay({ events, attributes: nobody, until: END }, definitions);
        const stream = new HistoryReplay(() => nobody, definitions);
        const found = [
          ...stream.take([...events].sort((one, other) => one.at - other.at).map((event) => ({ leadId: 'a', event }))),
          ...stream.runUntil(END),
        ];
        expect(found.map(({ change }) => change)).toEqual(own.changes);
      }),
      { seed: 20_260_505 },
    );
  });

  it('a stored rank is the points at every instant until the lead is due again', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(histories, aKind, share, fc.nat({ max: 60 * DAY_MS }), (events, kind, between, later) => {
        const story = new Story(definitionsOf([], models[kind]));
        const { model } = story.definitions;
        expect(hasStaticRank(model)).toBe(false);
        const now = Math.max(...events.map(({ at }) => at)) + later;
        story.arrive(events, now);
        const until = story.summary?.nextDueAt ?? now + 400 * DAY_MS;
        expect(until).toBeGreaterThan(now);
        for (const at of [now, Math.floor(now + between * (until - 1 - now)), until - 1]) {
          const points = engagementPointsAt(story.state.profile, at, model);
          expect(story.summary?.engagementRank === null).toBe(points === null);
          if (points !== null) expect(Math.abs(rankAt(story, at) - points)).toBeLessThan(1e-7);
        }
      }),
      { seed: 20_260_504 },
    );
  });

  it('a score rises by itself when what counted against the lead leaves the window, and a rule fires at that instant', () => {
    const rule = aRule({ when: { fact: 'engagement.points', operator: 'gte', value: 10 } });
    const lead = new Story(definitionsOf([rule], windowed));
    lead.live([did('Unsubscribed', day(0)), replied(day(2))]);
    expect(lead.firings('a-rule')).toEqual([]);
    lead.runTimer(day(40));
    expect(lead.firings('a-rule')).toEqual([day(30)]);
    expect(lead.summary).toMatchObject({ engagementRank: 0, engagementSlope: 0, nextDueAt: null });
  });

  it('a line falls through a threshold to the millisecond', () => {
    const rule = aRule({ when: { fact: 'engagement.points', operator: 'lt', value: 5 } });
    const lead = new Story(definitionsOf([rule], falling));
    lead.live([replied(day(0)), did('Nothing Known', day(1))]);
    lead.runTimer(day(40));
    // 10 points fall to 5 in half of the 30 days, and are less than 5 a millisecond later.
    expect(lead.firings('a-rule')).toEqual([day(15) + 1]);
  });
});
