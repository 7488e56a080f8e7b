import fc from 'fast-check';
import { SEED } from '../event.fixture';
import type { ScoringEvent } from '../profile';
import type { Condition, ConditionLeaf, Truth } from './condition';
import { compileCondition } from './condition.compile';
import { compileEventMatcher } from './condition.matcher';
import { residualOf } from './condition.residual';
import { compileDispatch } from './event.dispatch';

const names = ['Opened', 'opened ', 'Clicked', 'Pricing', ''];

const leaves: fc.Arbitrary<ConditionLeaf> = fc.oneof(
  fc.record({
    fact: fc.constantFrom('event.type', 'event.name'),
    operator: fc.constantFrom('eq', 'ne', 'contains', 'startsWith'),
    value: fc.constantFrom('track', 'page', 'opened', 'Pricing', 'c'),
  }),
  fc.record({ fact: fc.constant('event.name'), operator: fc.constantFrom('exists', 'missing') }),
  fc.record({
    fact: fc.constant('event.name'),
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.constant<string[]>(['Opened', 'Clicked']),
  }),
  fc.record({
    fact: fc.constant('event.property'),
    path: fc.constantFrom('plan', 'amount'),
    operator: fc.constantFrom('eq', 'ne'),
    value: fc.constantFrom('free', 3),
  }),
);

const { tree: trees } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('tree').map((not) => ({ not })),
  ),
}));

const events: fc.Arbitrary<ScoringEvent> = fc.record({
  messageId: fc.constant('m'),
  type: fc.constantFrom('track', 'page', 'constructor'),
  name: fc.option(fc.constantFrom(...names)),
  at: fc.constant(0),
  properties: fc.record(
    { plan: fc.constantFrom('free', 'team', null), amount: fc.constantFrom(3, 4) },
    { requiredKeys: [] },
  ),
  context: fc.constant({}),
});

describe('finding who takes an event', () => {
  it('finds the first condition that matches, as asking one after another does', () => {
    fc.assert(
      fc.property(fc.array(trees, { maxLength: 5 }), fc.array(events, { maxLength: 12 }), (conditions, some) => {
        const entries = conditions.map((match, value) => ({ match, value }));
        const dispatch = compileDispatch(entries);
        for (const event of some) {
          const expected = entries.find(({ match }) => compileEventMatcher(match)(event))?.value ?? null;
          expect(dispatch(event)).toBe(expected);
        }
      }),
      { seed: SEED },
    );
  });

  it('keeps the truth of a condition, unknown included, whatever is decided beforehand', () => {
    const three = fc.constantFrom<Truth>(true, false, undefined);
    const truths = fc.record({ one: three, two: three, decided: fc.constantFrom('event.name', 'event.type') });
    fc.assert(
      fc.property(trees, truths, (tree, { one, two, decided }) => {
        const truthOf = ({ fact }: ConditionLeaf): Truth => (fact === decided ? one : two);
        const residual = residualOf(tree, (leaf) => (leaf.fact === decided ? one : undefined));
        const answerOf = (of: Condition): Truth => compileCondition<null>(of, (leaf) => () => truthOf(leaf))(null);
        expect(typeof residual === 'boolean' ? residual : answerOf(residual)).toBe(answerOf(tree));
      }),
      { seed: SEED },
    );
  });

  it('answers the same beyond the names it remembers', () => {
    const match: Condition = { fact: 'event.name', operator: 'endsWith', value: '7' };
    const dispatch = compileDispatch([{ match, value: 'seven' }]);
    const base = { messageId: 'm', type: 'track', at: 0, properties: {}, context: {} };
    const answers = Array.from({ length: 2_100 }, (_, index) => dispatch({ ...base, name: `name ${index}` }));
    expect(answers.map((answer) => answer !== null)).toEqual(answers.map((_, index) => index % 10 === 7));
  });
});
