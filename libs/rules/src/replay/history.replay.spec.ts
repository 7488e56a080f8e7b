import { createHash } from 'node:crypto';
import { compileModel, DAY_MS, defaultModel, scoreAt, type LeadAttributes } from '@rekindle/scoring';
import fc from 'fast-check';
import { compileDefinitions } from '../definitions';
import {
  aRule,
  clicked,
  day,
  definitionsOf,
  did,
  nobody,
  opened,
  readCaseStudy,
  replied,
  sawPricing,
  used,
  visited,
} from '../lead.fixture';
import { replay } from '../replay';
import { shippedRules } from '../shipped.rules';
import {
  HistoryOrderError,
  HistoryReplay,
  replayHistory,
  type HistoryChange,
  type HistoryEvent,
} from './history.replay';
import { scoresAsOf } from './scores.as-of';

const acts = [
  opened,
  clicked,
  replied,
  sawPricing,
  readCaseStudy,
  visited,
  used,
  (at: number) => did('Unsubscribed', at),
];
const END = day(200);
const suits: LeadAttributes = { traits: { title: 'VP Sales' }, accountTraits: {} };
const attributesOf = (leadId: string): LeadAttributes => (leadId === 'lead-1' ? suits : nobody);

/** Events of five leads; offsets are few, so that instants often coincide. */
const histories: fc.Arbitrary<HistoryEvent[]> = fc
  .array(
    fc.record({
      lead: fc.nat({ max: 4 }),
      offset: fc.oneof(fc.nat({ max: 12 }), fc.double({ min: 0, max: 60, noNaN: true })),
      act: fc.nat({ max: acts.length - 1 }),
    }),
    { maxLength: 60 },
  )
  .map((entries) =>
    [...entries]
      .sort((one, other) => one.offset - other.offset)
      .flatMap(({ lead, offset, act }, index) => {
        const event = acts[act]?.(day(offset));
        return event === undefined ? [] : [{ leadId: `lead-${lead}`, event: { ...event, messageId: `m${index}` } }];
      })
      .sort((one, other) => one.event.at - other.event.at),
  );

const rules = [
  ...shippedRules,
  aRule({ key: 'cooled', when: { fact: 'engagement.score', operator: 'lt', value: 30, forDays: 5 } }),
];
const definitions = definitionsOf(rules);

function hashOf(changes: Iterable<HistoryChange>): string {
  return createHash('sha256')
    .update(JSON.stringify([...changes]))
    .digest('hex');
}

/** The same history in chunks of the given sizes. */
function inChunks(events: readonly HistoryEvent[], sizes: readonly number[]): HistoryChange[] {
  const run = new HistoryReplay(attributesOf, definitions);
  const found: HistoryChange[] = [];
  let start = 0;
  for (const size of [...sizes, events.length]) {
    found.push(...run.take(events.slice(start, start + size)));
    start += size;
  }
  return [...found, ...run.runUntil(END)];
}

describe('replaying the history of many leads', () => {
  it('gives the same bytes in every run, in any chunks, and in any order inside one instant', () => {
    fc.assert(
      fc.property(
        histories,
        fc.array(fc.nat({ max: 20 }), { maxLength: 8 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 8 }),
        (events, sizes, otherSizes) => {
          const hash = hashOf(replayHistory({ events, attributesOf, until: END }, definitions));
          const tiesTurned = [...events].reverse().sort((one, other) => one.event.at - other.event.at);
          expect(hashOf(replayHistory({ events, attributesOf, until: END }, definitionsOf(rules)))).toBe(hash);
          expect(hashOf(inChunks(events, sizes))).toBe(hash);
          expect(hashOf(inChunks(tiesTurned, otherSizes))).toBe(hash);
        },
      ),
      { seed: 20_260_401 },
    );
  });

  it('gives for each lead the changes and the state its own replay gives, all in order of time', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const run = new HistoryReplay(attributesOf, definitions);
        const found = [...run.take(events), ...run.runUntil(END)];
        const instants = found.map(({ change }) => change.at);
        expect(instants).toEqual([...instants].sort((one, other) => one - other));
        for (const { leadId, state } of run.states()) {
          const own = events.filter((item) => item.leadId === leadId).map(({ event }) => event);
          const alone = replay({ events: own, attributes: attributesOf(leadId), until: END }, definitions);
          expect(found.filter((item) => item.leadId === leadId).map(({ change }) => change)).toEqual(alone.changes);
          expect({ ...state, checkedAt: END }).toEqual(alone.state);
        }
      }),
      { seed: 20_260_402 },
    );
  });

  it('scores every lead as of any past or future instant, alike with and without rules', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: -1, max: 120 }), (events, days) => {
        const at = day(days);
        const run = new HistoryReplay(attributesOf, definitions);
        run.take(events.filter(({ event }) => event.at <= at));
        run.runUntil(at);
        const scores = [...run.scoresAt(at)];
        const lean = [...scoresAsOf({ events: [...events].reverse(), attributesOf, at }, definitions.model)];
        expect(new Map(lean.map(({ leadId, score }) => [leadId, score]))).toEqual(
          new Map(scores.map(({ leadId, score }) => [leadId, score])),
        );
        for (const { leadId, score } of scores) {
          const own = events.filter((item) => item.leadId === leadId).map(({ event }) => event);
          const { state } = replay({ events: own, attributes: attributesOf(leadId), until: at }, definitions);
          const input = { profile: state.profile, attributes: attributesOf(leadId), at, model: definitions.model };
          expect(score).toEqual(scoreAt(input));
        }
      }),
      { seed: 20_260_403 },
    );
  });

  it('lets the clock bring about what nobody did: a band lost months after the last event', () => {
    const events = [{ leadId: 'ann', event: replied(day(0)) }];
    const found = [...replayHistory({ events, attributesOf, until: END }, definitionsOf([]))];
    expect(found.map(({ change }) => (change.kind === 'band' ? change.to : change.kind))).toEqual(['medium', 'low']);
    expect(found[1]?.change.at).toBeGreaterThan(day(1));
  });

  it('tells what would have fired under another version of the model', () => {
    const events = [1, 2, 3].map((n) => ({ leadId: 'ann', event: clicked(day(n)) }));
    const [signal, ...others] = [...defaultModel.engagement.signals].sort(({ key }) => (key === 'link-click' ? -1 : 1));
    const signals = [...(signal === undefined ? [] : [{ ...signal, weightPoints: 20 }]), ...others];
    const document = { ...defaultModel, engagement: { ...defaultModel.engagement, signals } };
    const inputs = shippedRules.map((rule) => ({ document: rule, version: 1, isEnabled: true }));
    const draft = compileDefinitions({ model: { document, version: 2 }, rules: inputs });
    const firedUnder = (used: typeof draft): string[] =>
      [...replayHistory({ events, attributesOf, until: day(4) }, used)].flatMap(({ change }) =>
        change.kind === 'firing' ? [change.rule] : [],
      );
    expect(firedUnder(definitionsOf(shippedRules))).not.toContain('engagement-high');
    expect(firedUnder(draft)).toContain('engagement-high');
  });

  it('reads no further in a stream than the end it was given', () => {
    let taken = 0;
    function* endless(): Generator<HistoryEvent> {
      for (;;) {
        yield { leadId: `lead-${taken % 3}`, event: opened(day(taken)) };
        taken += 1;
      }
    }
    const model = compileModel(defaultModel, 1);
    expect([
      ...replayHistory({ events: endless(), attributesOf, until: day(5) }, { model, rules: [], brokenRules: [] }),
    ]).not.toHaveLength(0);
    expect(taken).toBe(6);
  });

  it('refuses to go back in time', () => {
    const run = new HistoryReplay(attributesOf, definitionsOf([]));
    run.take([{ leadId: 'ann', event: opened(day(5)) }]);
    expect(() => run.take([{ leadId: 'bob', event: opened(day(4)) }])).toThrow(HistoryOrderError);
    expect(() => [...run.scoresAt(day(6))]).toThrow(HistoryOrderError);
    run.runUntil(day(6));
    expect(() => run.runUntil(day(6) - 1)).toThrow(HistoryOrderError);
    expect(() => [...run.scoresAt(day(5) + DAY_MS / 2)]).toThrow(HistoryOrderError);
    expect([...run.scoresAt(day(6))].map(({ leadId }) => leadId)).toEqual(['ann']);
  });
});
