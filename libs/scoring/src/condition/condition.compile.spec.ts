import fc from 'fast-check';
import { SEED } from '../event.fixture';
import type { Condition, Truth } from './condition';
import { compileCondition, leavesOf } from './condition.compile';

type Subject = Readonly<Record<string, Truth>>;
const leaf = (fact: string): Condition => ({ fact, operator: 'exists' });
const evaluate = (tree: Condition, subject: Subject): Truth =>
  compileCondition<Subject>(
    tree,
    ({ fact }) =>
      (truths) =>
        truths[fact],
  )(subject);

const truths: readonly Truth[] = [true, false, undefined];
const [a, b] = [leaf('a'), leaf('b')];

describe('conditions over facts that may be unknown', () => {
  it('answers "all" and "any" as the three-valued tables do', () => {
    const table = truths.map((left) => truths.map((right) => evaluate({ all: [a, b] }, { a: left, b: right })));
    expect(table).toEqual([
      [true, false, undefined],
      [false, false, false],
      [undefined, false, undefined],
    ]);
    const any = truths.map((left) => truths.map((right) => evaluate({ any: [a, b] }, { a: left, b: right })));
    expect(any).toEqual([
      [true, true, true],
      [true, false, undefined],
      [true, undefined, undefined],
    ]);
  });

  it('says unknown to the opposite of unknown', () => {
    expect(truths.map((truth) => evaluate({ not: a }, { a: truth }))).toEqual([false, true, undefined]);
  });

  it('obeys De Morgan for any list of parts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...truths), { minLength: 1, maxLength: 8 }), (values) => {
        const subject = Object.fromEntries(values.map((truth, index) => [`f${index}`, truth]));
        const parts = values.map((_, index) => leaf(`f${index}`));
        const notAll = evaluate({ not: { all: parts } }, subject);
        expect(notAll).toBe(evaluate({ any: parts.map((part) => ({ not: part })) }, subject));
      }),
      { seed: SEED },
    );
  });

  it('lists every leaf with its path', () => {
    const found = leavesOf({ all: [a, { not: { any: [b] } }] });
    expect(found.map(({ leaf: { fact }, path }) => [fact, path])).toEqual([
      ['a', '.all.0'],
      ['b', '.all.1.not.any.0'],
    ]);
  });
});
