import fc from 'fast-check';
import { DAY_MS } from '../profile';
import { engagementAt } from '../score.compute';
import { daysBefore, FEWER_RUNS, model, NOON, profileOf, SEED, someEvents, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { scoredBeforeDecision, signalFeatures, type DecidedLead } from './decided.lead';

const decided = (partial: Partial<DecidedLead>): DecidedLead => ({
  id: 'lead',
  outcome: 'won',
  decidedAt: NOON,
  events: [],
  ...partial,
});

describe('a lead as it was just before it was decided', () => {
  it('knows nothing of what happened at the decision or after it', () => {
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 0, max: 700 }), (events, days) => {
        const decidedAt = daysBefore(NOON, days);
        const before = events.filter(({ at }) => at < decidedAt);
        const { rowOf } = signalFeatures(defaultModel);
        const [all, alone] = [decided({ decidedAt, events }), decided({ decidedAt, events: before })];
        expect(scoredBeforeDecision(all, model)).toEqual(scoredBeforeDecision(alone, model));
        expect(rowOf(all)).toEqual(rowOf(alone));
        const { scoredAt, score, band } = scoredBeforeDecision(all, model);
        expect(scoredAt).toBe(decidedAt - 1);
        const seen = engagementAt(profileOf(before), decidedAt - 1, model);
        expect([score, band]).toEqual(seen.state === 'none' ? [null, null] : [seen.score, seen.band]);
      }),
      { seed: SEED, numRuns: FEWER_RUNS },
    );
  });

  it('leaves out what happened in the very millisecond of the decision', () => {
    const events = [tracked('Replied', NOON), tracked('Replied', NOON + 1)];
    expect(scoredBeforeDecision(decided({ events }), model)).toMatchObject({ score: null, band: null });
    const justBefore = [...events, tracked('Replied', NOON - 1)];
    expect(scoredBeforeDecision(decided({ events: justBefore }), model).score).toBeGreaterThan(0);
  });

  it('counts each signal faded by the half-life and limited per day, whatever it weighs and may reach at most', () => {
    const half = defaultModel.engagement.halfLifeDays * DAY_MS;
    const decidedAt = NOON + 1;
    const replies = [NOON, NOON - half].map((at) => tracked('Replied', at));
    const opens = Array.from({ length: 40 }, (_, index) => tracked('Email Opened', NOON - index * DAY_MS));
    const { features, rowOf } = signalFeatures(defaultModel);
    const row = rowOf(decided({ decidedAt, events: [...replies, ...opens] }));
    expect(row.features['reply']).toBeCloseTo(1.5, 9);
    const faded = opens.reduce((sum, { at }) => sum + 2 ** (-(NOON - at) / half), 0);
    expect(row.features['email-open']).toBeCloseTo(faded, 6);
    expect(features.map(({ key }) => key)).toEqual(defaultModel.engagement.signals.map(({ key }) => key));
  });
});
