import { noAttributes, tracked } from '../event.fixture';
import type { ScoringEvent } from '../profile';
import type { ConditionLeaf, Operator, Truth } from './condition';
import { compileAttributeMatcher, compileEventMatcher, pagePathOf } from './condition.matcher';
import { compareLeaf } from './leaf.compare';
import { readPath } from './path.read';

const compare = (operator: Operator, target: ConditionLeaf['value'], value: unknown): Truth =>
  compareLeaf({ fact: 'lead.trait', path: 'x', operator, value: target })(value);

describe('comparing one value', () => {
  it('compares text trimmed and regardless of case', () => {
    expect(compare('eq', ' Acme ', 'ACME')).toBe(true);
    expect(compare('in', ['Gold', 'Silver'], 'silver ')).toBe(true);
    expect(compare('contains', 'Head of', 'VP, head OF sales')).toBe(true);
    expect(compare('startsWith', 'intern ', 'International Sales')).toBe(false);
    expect(compare('endsWith', '.DE', 'acme.de')).toBe(true);
  });

  it('M21: compares numbers, also those written as text, with ordering operators', () => {
    expect(compare('eq', 250, '250')).toBe(true);
    expect(compare('in', [1, 250], '250.0')).toBe(true);
    expect(compare('eq', true, 'TRUE')).toBe(true);
    const orderings = (['gt', 'gte', 'lt', 'lte'] as const).map((operator) => compare(operator, 5, '5'));
    expect(orderings).toEqual([false, true, false, true]);
    expect([4, 5, 7, 8, 9].map((value) => compare('between', [5, 8], value))).toEqual([false, true, true, true, false]);
    expect(compare('gt', 5, 'many')).toBeUndefined();
  });

  it.each([undefined, null, '', '  ', []])(
    'W9: states for every operator what an unknown value (%p) answers',
    (unknown) => {
      const answers = (['eq', 'gt', 'contains', 'in'] as const).map((operator) => compare(operator, 'a', unknown));
      expect(answers).toEqual([undefined, undefined, undefined, undefined]);
      expect(compare('ne', 'a', unknown)).toBe(true);
      expect(compare('notIn', ['a'], unknown)).toBe(true);
      expect(compare('exists', undefined, unknown)).toBe(false);
      expect(compare('missing', undefined, unknown)).toBe(true);
    },
  );

  it('needs one fitting entry of a list, and none for "is not"', () => {
    expect(compare('eq', 'b', ['a', 'B'])).toBe(true);
    expect(compare('gt', 5, [1, 9])).toBe(true);
    expect(compare('ne', 'b', ['a', 'b'])).toBe(false);
    expect(compare('notIn', ['c'], ['a', 'b'])).toBe(true);
  });

  it('does not mistake a record for anything', () => {
    expect(compare('eq', '[object Object]', {})).toBe(false);
    expect(compare('gt', 0, {})).toBeUndefined();
    expect(compare('exists', undefined, {})).toBe(true);
  });
});

describe('reading a path', () => {
  it('prefers a flat name, follows dots, and never leaves own properties', () => {
    expect(readPath({ 'utm.source': 'ad', utm: { source: 'x' } }, 'utm.source')).toBe('ad');
    expect(readPath({ company: { size: 3 } }, 'company.size')).toBe(3);
    expect(readPath({ company: null }, 'company.size')).toBeUndefined();
    expect(readPath({}, 'constructor')).toBeUndefined();
    expect(readPath({ a: {} }, 'a.__proto__.toString')).toBeUndefined();
  });
});

describe('matching events and leads', () => {
  const event: ScoringEvent = {
    ...tracked('Order Completed', 0, { total: 12, cart: { items: 3 } }),
    context: { campaign: { name: 'spring' } },
  };
  const matches = (leaf: ConditionLeaf): boolean => compileEventMatcher(leaf)(event);

  it('reads type, name, properties and context', () => {
    expect(matches({ fact: 'event.type', operator: 'eq', value: 'track' })).toBe(true);
    expect(matches({ fact: 'event.name', operator: 'eq', value: 'order completed' })).toBe(true);
    expect(matches({ fact: 'event.property', path: 'cart.items', operator: 'gte', value: 3 })).toBe(true);
    expect(matches({ fact: 'event.context', path: 'campaign.name', operator: 'eq', value: 'spring' })).toBe(true);
  });

  it('does not match an event of which a fact is unknown', () => {
    const unknown: ConditionLeaf = { fact: 'event.property', path: 'nothing', operator: 'eq', value: 1 };
    expect(matches(unknown)).toBe(false);
    expect(compileEventMatcher({ not: unknown })(event)).toBe(false);
  });

  it('finds the path of a page wherever the sender put it', () => {
    const at = (properties: Record<string, unknown>, context: Record<string, unknown> = {}): string | undefined =>
      pagePathOf({ ...event, properties, context });
    expect(at({ path: '/pricing?x=1' })).toBe('/pricing');
    expect(at({ url: 'https://acme.com:8080/pricing/#top' })).toBe('/pricing/');
    expect(at({ url: 'https://acme.com' })).toBe('/');
    expect(at({}, { page: { path: '/a' } })).toBe('/a');
    expect(at({}, { page: { url: '//acme.com/b?c' } })).toBe('/b');
    expect(at({ path: 7 })).toBeUndefined();
  });

  it('keeps an unknown trait apart from a mismatch', () => {
    const matcher = compileAttributeMatcher({ fact: 'account.trait', path: 'employees', operator: 'gte', value: 50 });
    expect(matcher({ ...noAttributes, accountTraits: { employees: 80 } })).toBe(true);
    expect(matcher({ ...noAttributes, accountTraits: { employees: 8 } })).toBe(false);
    expect(matcher(noAttributes)).toBeUndefined();
  });

  it('refuses facts that do not belong', () => {
    expect(() => matches({ fact: 'lead.trait', path: 'a', operator: 'exists' })).toThrow(/not known here/);
    expect(() => matches({ fact: 'event.property', operator: 'exists' })).toThrow(/needs a path/);
    expect(() => matches({ fact: 'event.name', path: 'a', operator: 'exists' })).toThrow(/takes no path/);
    expect(() => matches({ fact: 'event.name', forDays: 3, operator: 'exists' })).toThrow(/in rules only/);
  });
});
