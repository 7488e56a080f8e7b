import { DAY_MS, type Condition, type ScoringEvent } from '@rekindle/scoring';
import fc from 'fast-check';
import { aRule, clicked, did, opened, readCaseStudy, replied, sawPricing, START, used, visited } from './lead.fixture';
import type { TriggerRule } from './rule.schema';

export const YEAR_HOURS = 24 * 365;
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

/** What a lead may do in its first 60 days, in order; some of it counts against it. */
export const histories: fc.Arbitrary<ScoringEvent[]> = fc
  .array(fc.tuple(fc.nat({ max: 60 * DAY_MS }), fc.nat({ max: acts.length - 1 })), { minLength: 1, maxLength: 20 })
  .map((entries) =>
    entries
      .sort(([one], [other]) => one - other)
      .flatMap(([offset, act], index) => {
        const event = acts[act]?.(START + offset);
        return event === undefined ? [] : [{ ...event, messageId: `m${String(index).padStart(3, '0')}` }];
      }),
  );

const measures: fc.Arbitrary<Condition> = fc.record(
  {
    fact: fc.constantFrom('engagement.score', 'engagement.points'),
    operator: fc.constantFrom('gte', 'lt'),
    value: fc.integer({ min: 1, max: 70 }),
    forDays: fc.constantFrom(1, 2.5, 10, 30),
  },
  { requiredKeys: ['fact', 'operator', 'value'] },
);
const others: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    fact: fc.constantFrom('signals.daysSinceLast', 'activity.daysSinceLast', 'usage.events'),
    operator: fc.constantFrom('gte', 'lt', 'eq'),
    value: fc.nat({ max: 20 }),
  }),
  fc.constant<Condition>({ fact: 'engagement.spike', operator: 'eq', value: true }),
  fc.constant<Condition>({ fact: 'engagement.trend', operator: 'eq', value: 'cooling' }),
  fc.constant<Condition>({ fact: 'usage.tier', operator: 'eq', value: 'dormant', forDays: 3 }),
  fc.constant<Condition>({ fact: 'signals.daysSinceLast', signals: ['visit'], operator: 'missing' }),
);
const leaf = fc.oneof(measures, others);
const trees: fc.Arbitrary<Condition> = fc.oneof(
  leaf,
  fc.array(leaf, { minLength: 2, maxLength: 3 }).map((all): Condition => ({ all })),
  fc.tuple(leaf, leaf).map(([one, other]): Condition => ({ any: [one, { not: other }] })),
);
/** Rules over everything that time changes. */
export const anyRule: fc.Arbitrary<TriggerRule> = fc
  .record({
    when: trees,
    until: fc.option(leaf, { nil: undefined }),
    edge: fc.constantFrom('becomes-true', 'becomes-false'),
    coolDownDays: fc.constantFrom(0, 3, 20),
    mostFirings: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  })
  .map((rule) => aRule({ ...rule, mostEventAgeHours: YEAR_HOURS }));
