import fc from 'fast-check';
import {
  daysBefore,
  model,
  modelWith,
  NOON,
  noAttributes,
  profileOf,
  FEWER_RUNS,
  SEED,
  someEvents,
  tracked,
} from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { compileModel, type CompiledModel } from '../model/model.compile';
import type { ScoringModel } from '../model/model.schema';
import type { LeadAttributes, ScoringEvent } from '../profile';
import { scoreAt } from '../score.compute';
import { draftEffect, DraftComparison, type DraftLead } from './draft.effect';

const suits: LeadAttributes = {
  traits: { title: 'VP Sales' },
  accountTraits: { industry: 'Software', employees: 200 },
};

function aLead(leadId: string, events: readonly ScoringEvent[], attributes: LeadAttributes = noAttributes): DraftLead {
  return { leadId, profile: profileOf(events), attributes };
}

function draftOf(change: Partial<ScoringModel>): CompiledModel {
  return compileModel({ ...defaultModel, ...change }, 2);
}

function weighing(weights: Readonly<Record<string, number>>): CompiledModel {
  const signals = defaultModel.engagement.signals.map((signal) => ({
    ...signal,
    weightPoints: weights[signal.key] ?? signal.weightPoints,
  }));
  return modelWith({ signals });
}

const pricing = (days: number): ScoringEvent => tracked('Pricing Page Viewed', daysBefore(NOON, days));
const using = (days: number): ScoringEvent => tracked('Feature Used', daysBefore(NOON, days));
const replied = (days: number): ScoringEvent => tracked('Replied', daysBefore(NOON, days));

const drafts: readonly CompiledModel[] = [
  weighing({ reply: 30, 'email-open': 4, unsubscribe: -40 }),
  draftOf({ fit: { ...defaultModel.fit, unknownScore: 80, criteria: defaultModel.fit.criteria.slice(1) } }),
  draftOf({
    usage: {
      ...defaultModel.usage,
      tiers: [
        { key: 'busy', label: 'Busy', minEvents: 2 },
        { key: 'dormant', label: 'Dormant', minEvents: 0 },
      ],
    },
  }),
];

const someLeads: fc.Arbitrary<DraftLead[]> = fc
  .array(
    fc.record({
      events: someEvents,
      uses: fc.nat({ max: 4 }),
      attributes: fc.constantFrom(suits, noAttributes, { traits: { title: 'Student' }, accountTraits: {} }),
    }),
    { maxLength: 12 },
  )
  .map((leads) =>
    leads.map(({ events, uses, attributes }, index) =>
      aLead(`lead-${index}`, [...events, ...Array.from({ length: uses }, (_, days) => using(days))], attributes),
    ),
  );

describe('what a draft would change', () => {
  it('says the same as scoring every lead under both models', () => {
    fc.assert(
      fc.property(someLeads, fc.constantFrom(...drafts), (leads, draft) => {
        const effect = draftEffect(leads, { published: model, draft, at: NOON });
        const scores = leads.map(({ profile, attributes }) => {
          const input = { profile, attributes, at: NOON };
          return { before: scoreAt({ ...input, model }), after: scoreAt({ ...input, model: draft }), profile };
        });
        const changed = (differs: (score: (typeof scores)[number]) => boolean): number => scores.filter(differs).length;
        expect(effect.leads).toBe(leads.length);
        expect(effect.estimatedLeads).toBe(0);
        expect(effect.band.changed).toBe(
          changed(({ before, after }) => before.engagement.band !== after.engagement.band),
        );
        expect(effect.grade.changed).toBe(changed(({ before, after }) => before.fit.grade !== after.fit.grade));
        expect(effect.cell.changed).toBe(changed(({ before, after }) => before.priority.cell !== after.priority.cell));
        expect(effect.tier.changed).toBe(
          changed(
            ({ before, after, profile }) => profile.usage.lastAt !== null && before.usage.tier !== after.usage.tier,
          ),
        );
        for (const { value, before, after } of effect.cell.counts) {
          expect(before).toBe(changed((score) => score.before.priority.cell === value));
          expect(after).toBe(changed((score) => score.after.priority.cell === value));
        }
      }),
      { seed: SEED, numRuns: FEWER_RUNS },
    );
  });

  it('adds up: what leaves a value and what comes to it explain its counts', () => {
    fc.assert(
      fc.property(someLeads, fc.constantFrom(...drafts), (leads, draft) => {
        const effect = draftEffect(leads, { published: model, draft, at: NOON });
        for (const { changed, counts, moves } of [effect.band, effect.tier, effect.grade, effect.cell]) {
          expect(moves.reduce((sum, { leads: moved }) => sum + moved, 0)).toBe(changed);
          for (const { value, before, after } of counts) {
            const left = moves.reduce((sum, { from, leads: moved }) => sum + (from === value ? moved : 0), 0);
            const came = moves.reduce((sum, { to, leads: moved }) => sum + (to === value ? moved : 0), 0);
            expect(before - left + came).toBe(after);
          }
        }
        expect(effect.samples).toHaveLength(Math.min(20, effect.changedLeads));
        expect(effect.samples.every(({ reasons }) => reasons.length > 0)).toBe(true);
      }),
      { seed: SEED, numRuns: FEWER_RUNS },
    );
  });

  it('gives the same whatever the order of the leads, and names those it moves most', () => {
    const leads = [1, 2, 3, 4, 5].map((days) => aLead(`lead-${days}`, [pricing(3 * days), replied(9 * days)], suits));
    const settings = { published: model, draft: weighing({ 'pricing-page': 40 }), at: NOON, mostSamples: 2 };
    const effect = draftEffect(leads, settings);
    expect(draftEffect([...leads].reverse(), settings)).toEqual(effect);
    const sizes = draftEffect(leads, { ...settings, mostSamples: 5 }).samples.map(({ before, after }) =>
      Math.abs(after.priority - before.priority),
    );
    expect(effect.samples).toHaveLength(2);
    expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
  });

  it('says of a lead from where to where it goes, and why', () => {
    const lead = aLead('ann', [pricing(0), pricing(0), pricing(0)]);
    const effect = draftEffect([lead], { published: model, draft: weighing({ 'pricing-page': 9 }), at: NOON });
    const label = defaultModel.engagement.signals.find(({ key }) => key === 'pricing-page')?.label ?? '';
    expect(effect.band.moves).toEqual([{ from: 'medium', to: 'high', leads: 1 }]);
    expect(effect.samples[0]).toMatchObject({ leadId: 'ann', before: { band: 'medium' }, after: { band: 'high' } });
    expect(effect.samples[0]?.reasons).toEqual(['Engagement score 46.4 → 60.8', `${label}: 18 → 27 points`]);
  });

  it('says so when only a cut-off moved', () => {
    const bands = defaultModel.engagement.bands.map((band) => (band.key === 'high' ? { ...band, minScore: 40 } : band));
    const effect = draftEffect([aLead('ann', [pricing(0), pricing(0), pricing(0)])], {
      published: model,
      draft: modelWith({ bands }),
      at: NOON,
    });
    expect(effect.samples[0]?.reasons).toEqual(['Bands have other cut-offs']);
  });

  it('is exact for a draft that records other things when it gets the profile of the events, else an estimate', () => {
    const slower = modelWith({ halfLifeDays: 90 });
    const events = [replied(60), replied(61)];
    const settings = { published: model, draft: slower, at: NOON };
    const comparison = new DraftComparison(settings);
    expect(comparison.needsEvents).toBe(true);
    comparison.take({ ...aLead('ann', events), draftProfile: profileOf(events, slower) });
    expect(comparison.result()).toMatchObject({ estimatedLeads: 0, changedLeads: 1 });
    expect(draftEffect([aLead('ann', events)], settings).estimatedLeads).toBe(1);
    expect(new DraftComparison({ ...settings, draft: weighing({ reply: 1 }) }).needsEvents).toBe(false);
  });
});
