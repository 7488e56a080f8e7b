import type { Condition, Operator } from './condition';
import { conditionSchema } from './condition.schema';

const leaf: Condition = { fact: 'event.name', operator: 'eq', value: 'Replied' };

function nested(levels: number): unknown {
  let tree: unknown = leaf;
  for (let level = 1; level < levels; level += 1) tree = { not: tree };
  return tree;
}

const messagesOf = (tree: unknown): string[] =>
  conditionSchema.safeParse(tree).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('condition trees from outside', () => {
  it('takes 50 comparisons and refuses 51', () => {
    expect(messagesOf({ all: Array.from({ length: 50 }, () => leaf) })).toEqual([]);
    const halves = Array.from({ length: 2 }, () => ({ any: Array.from({ length: 26 }, () => leaf) }));
    expect(messagesOf({ all: halves })).toEqual([': A condition may have at most 50 comparisons.']);
  });

  it('takes five levels and refuses six, also at a nesting of forty thousand', () => {
    expect(messagesOf(nested(5))).toEqual([]);
    expect(messagesOf(nested(6))).toEqual([': A condition may be nested at most 5 levels deep.']);
    expect(messagesOf(nested(40_000))).toEqual([': A condition may be nested at most 5 levels deep.']);
  });

  it('refuses a million groups without looking at each of them for long', () => {
    const wide = { all: Array.from({ length: 1_000_000 }, () => ({ all: [] })) };
    expect(messagesOf(wide)).toEqual([': A condition may have at most 50 comparisons.']);
  });

  it('refuses empty groups and unknown keys', () => {
    expect(conditionSchema.safeParse({ all: [] }).success).toBe(false);
    expect(conditionSchema.safeParse({ all: [leaf], any: [leaf] }).success).toBe(false);
    expect(conditionSchema.safeParse({ ...leaf, valeu: 3 }).success).toBe(false);
  });

  const shapes: [Operator, unknown, unknown][] = [
    ['eq', true, ['a']],
    ['ne', 'a', undefined],
    ['gt', 3, '3'],
    ['gte', 0, true],
    ['lt', -1, undefined],
    ['lte', 1.5, [1]],
    ['between', [1, 2], [2, 1]],
    ['in', ['a', 2], []],
    ['notIn', [false], 'a'],
    ['contains', 'a', 3],
    ['startsWith', 'a', ' '],
    ['endsWith', 'a', undefined],
    ['exists', undefined, true],
    ['missing', undefined, 'a'],
  ];
  it.each(shapes)(
    'the operator %s takes a value of its shape and refuses another at its path',
    (operator, good, bad) => {
      expect(messagesOf({ all: [{ fact: 'event.name', operator, value: good }] })).toEqual([]);
      const [message] = messagesOf({ all: [leaf, { fact: 'event.name', operator, value: bad }] });
      expect(message).toMatch(new RegExp(`^all\\.1\\.value: The operator "${operator}"`));
    },
  );
});
