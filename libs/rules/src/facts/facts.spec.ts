import {
  applyEvents,
  compareLeaf,
  compileModel,
  DAY_MS,
  defaultModel,
  emptyProfile,
  type ConditionLeaf,
  type ScoringEvent,
} from '@rekindle/scoring';
import fc from 'fast-check';
import {
  clicked,
  day,
  did,
  nobody,
  opened,
  readCaseStudy,
  replied,
  sawPricing,
  START,
  used,
  visited,
} from '../lead.fixture';
import { compileLeaf } from '../rule/leaf.compiler';
import { facts } from './fact.registry';
import { LeadSubject } from './lead.subject';

const model = compileModel(defaultModel, 1);
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

function subjectOf(events: readonly ScoringEvent[], attributes = nobody): LeadSubject {
  return new LeadSubject(applyEvents(emptyProfile(), events, model).profile, attributes, model);
}

function valueOf(leaf: ConditionLeaf, subject: LeadSubject, at: number): unknown {
  const fact = facts.get(leaf.fact);
  const signals = leaf.signals ?? ['link-click', 'email-open'];
  return fact?.value(subject, at, { leaf, model, signals, holds: compareLeaf(leaf), thresholds: [] });
}

const history = fc
  .array(fc.tuple(fc.nat({ max: 40 * DAY_MS }), fc.nat({ max: acts.length - 1 })), { minLength: 1, maxLength: 25 })
  .map((entries) => entries.flatMap(([offset, act]) => acts[act]?.(START + offset) ?? []));

const number = fc.oneof(fc.integer({ min: -5, max: 100 }), fc.double({ min: -20, max: 100, noNaN: true }));
const leaves: fc.Arbitrary<ConditionLeaf> = fc.oneof(
  fc.record({
    fact: fc.constantFrom('engagement.score', 'engagement.points', 'signals.changePercent'),
    operator: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
    value: number,
  }),
  fc.tuple(number, number).map(([one, other]): ConditionLeaf => ({
    fact: 'engagement.score',
    operator: 'between',
    value: [Math.min(one, other), Math.max(one, other)],
  })),
  fc.record({
    fact: fc.constantFrom('signals.daysSinceLast', 'activity.daysSinceLast', 'usage.daysSinceLast', 'usage.events'),
    operator: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq', 'ne'),
    value: fc.oneof(fc.nat({ max: 60 }), fc.double({ min: 0, max: 10, noNaN: true })),
  }),
  fc.record({
    fact: fc.constant('engagement.band'),
    operator: fc.constantFrom('eq', 'ne'),
    value: fc.constantFrom('high', 'medium', 'low'),
  }),
  fc.record({
    fact: fc.constant('engagement.trend'),
    operator: fc.constantFrom('eq', 'ne'),
    value: fc.constantFrom('rising', 'steady', 'cooling'),
  }),
  fc.record({
    fact: fc.constant('usage.tier'),
    operator: fc.constantFrom('eq', 'ne'),
    value: fc.constantFrom('power', 'active', 'at-risk', 'dormant'),
  }),
  fc.record({ fact: fc.constant('engagement.spike'), operator: fc.constantFrom('eq', 'ne'), value: fc.boolean() }),
);

describe('facts', () => {
  it('say exactly, to the millisecond, when a comparison can next change without an event', () => {
    fc.assert(
      fc.property(
        history,
        leaves,
        fc.array(fc.nat({ max: 200 * DAY_MS }), { maxLength: 60 }),
        (events, leaf, offsets) => {
          const subject = subjectOf(events);
          const { holds, nextChange } = compileLeaf(leaf, 'leaf', model);
          const from = Math.max(...events.map((event) => event.at));
          const until = from + 200 * DAY_MS;
          const probes = offsets.map((offset) => from + offset).sort((one, other) => one - other);
          let at = from;
          for (let steps = 0; at < until; steps += 1) {
            expect(steps).toBeLessThan(400);
            const next = nextChange(subject, at) ?? until;
            expect(Number.isInteger(next)).toBe(true);
            expect(next).toBeGreaterThan(at);
            const now = holds(subject, at);
            for (const probe of [...probes.filter((instant) => instant > at && instant < next), next - 1]) {
              expect({ probe, holds: holds(subject, probe) }).toEqual({ probe, holds: now });
            }
            at = next;
          }
        },
      ),
      { seed: 20_260_101 },
    );
  });

  it('change when they say so for measures and whole days: there is no due instant that changes nothing', () => {
    const exact = leaves.filter(({ fact }) => !['engagement.band', 'usage.tier', 'engagement.trend'].includes(fact));
    fc.assert(
      fc.property(history, exact, (events, leaf) => {
        const subject = subjectOf(events);
        const { holds, nextChange } = compileLeaf(leaf, 'leaf', model);
        let at = Math.max(...events.map((event) => event.at));
        for (let steps = 0; steps < 5; steps += 1) {
          const next = nextChange(subject, at);
          if (next === null || next > START + 3_650 * DAY_MS) return;
          expect(holds(subject, next)).not.toBe(holds(subject, at));
          at = next;
        }
      }),
      { seed: 20_260_102 },
    );
  });

  it('about engagement are unknown without a signal, about usage without a use', () => {
    const subject = subjectOf([did('Something Else', day(0))]);
    for (const fact of facts.keys()) {
      const isBehaviour = /^(engagement|signals|usage)\./.test(fact);
      if (isBehaviour)
        expect({ fact, value: valueOf({ fact, operator: 'exists' }, subject, day(1)) }).toEqual({ fact });
    }
  });

  it('count days as completed periods of 24 hours', () => {
    const subject = subjectOf([clicked(day(0.5))]);
    const leaf: ConditionLeaf = { fact: 'signals.daysSinceLast', operator: 'gte', value: 1 };
    expect(valueOf(leaf, subject, day(1.5) - 1)).toBe(0);
    expect(valueOf(leaf, subject, day(1.5))).toBe(1);
  });

  it('about signals can be narrowed by key and by kind, and leave out negative ones otherwise', () => {
    const subject = subjectOf([sawPricing(day(0)), clicked(day(2)), did('Unsubscribed', day(5))]);
    const daysAre = (value: number, signals?: string[]) =>
      compileLeaf(
        { fact: 'signals.daysSinceLast', operator: 'eq', value, ...(signals && { signals }) },
        'leaf',
        model,
      ).holds(subject, day(10));
    expect(daysAre(8)).toBe(true);
    expect(daysAre(10, ['visit'])).toBe(true);
    expect(daysAre(10, ['pricing-page'])).toBe(true);
    expect(daysAre(8, ['pricing-page', 'click'])).toBe(true);
    expect(daysAre(5, ['negative'])).toBe(true);
    expect(daysAre(5, ['reply'])).toBeUndefined();
  });

  it('about the record read properties by path', () => {
    const subject = subjectOf([], {
      traits: { title: 'VP Sales', address: { country: 'DE' } },
      accountTraits: { employees: 250 },
    });
    const holds = (leaf: ConditionLeaf) => compileLeaf(leaf, 'leaf', model).holds(subject, START);
    expect(holds({ fact: 'lead.trait', path: 'title', operator: 'startsWith', value: 'vp' })).toBe(true);
    expect(holds({ fact: 'lead.trait', path: 'address.country', operator: 'eq', value: 'de' })).toBe(true);
    expect(holds({ fact: 'account.trait', path: 'employees', operator: 'gte', value: 250 })).toBe(true);
    expect(holds({ fact: 'account.trait', path: 'industry', operator: 'eq', value: 'retail' })).toBeUndefined();
    expect(holds({ fact: 'lead.trait', path: 'constructor', operator: 'exists' })).toBe(false);
  });

  it('about signals know one by the name of what every object has', () => {
    const signals = defaultModel.engagement.signals.map((signal) =>
      signal.key === 'reply' ? { ...signal, key: 'constructor' } : signal,
    );
    const renamed = compileModel({ ...defaultModel, engagement: { ...defaultModel.engagement, signals } }, 1);
    const of = (...events: ScoringEvent[]) =>
      new LeadSubject(applyEvents(emptyProfile(), events, renamed).profile, nobody, renamed);
    const askedOf = (subject: LeadSubject, at: number, leaf: ConditionLeaf) => {
      const { holds, nextChange } = compileLeaf({ ...leaf, signals: ['constructor'] }, 'leaf', renamed);
      return [holds(subject, at), nextChange(subject, at)];
    };
    const quiet: ConditionLeaf = { fact: 'signals.daysSinceLast', operator: 'gte', value: 3 };
    const fewer: ConditionLeaf = { fact: 'signals.changePercent', operator: 'lt', value: 0 };
    for (const leaf of [quiet, fewer]) expect(askedOf(of(opened(day(0))), day(1), leaf)).toEqual([undefined, null]);
    expect(askedOf(of(replied(day(0))), day(1), quiet)).toEqual([false, day(3)]);
    const often = of(replied(day(0)), replied(day(15)), replied(day(16)));
    expect(askedOf(often, day(16), fewer)).toEqual([false, day(28)]);
  });

  it('about priority follow fit and band', () => {
    const subject = subjectOf([replied(day(0)), replied(day(0)), replied(day(0))]);
    const [best] = ['A1', 'B1', 'C1', 'D1'].filter((cell) =>
      compileLeaf({ fact: 'priority.cell', operator: 'eq', value: cell }, 'leaf', model).holds(subject, day(0)),
    );
    expect(best).toMatch(/^[ABCD]1$/);
    const next = facts.get('priority.cell')?.nextChange(subject, day(0), {
      leaf: { fact: 'priority.cell', operator: 'exists' },
      model,
      signals: [],
      holds: () => true,
      thresholds: [],
    });
    expect(next).toBe(subject.nextBandChangeAt(day(0)));
  });
});
