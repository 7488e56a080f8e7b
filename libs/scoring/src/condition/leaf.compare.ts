import type { ConditionLeaf, Operator, Truth } from './condition';

type Comparison = (value: unknown) => Truth;
type LeafValue = ConditionLeaf['value'];

/**
 * Compiles a leaf's operator and value into a test of one value of the fact.
 *
 * Text is compared trimmed and regardless of case; only the part that `contains`, `startsWith` and `endsWith` look for
 * keeps its spaces ("intern " is not in "international"). A number written as text ("250") compares as a number.
 * `undefined`, `null` and blank text are unknown: every operator then answers unknown, but `missing`, `ne` and
 * `notIn` answer true ("is not A, or unknown") and `exists` false. Of a list, one fitting entry is enough
 * (`ne`, `notIn`: none may equal). A value an ordering cannot read as a number is unknown to it.
 */
export function compareLeaf(leaf: ConditionLeaf, normal: Normal = normalised): Comparison {
  return comparisons[leaf.operator](leaf.value, normal);
}

/** Text as it is compared: trimmed, in lower case. */
type Normal = (text: string) => string;

function normalised(text: string): string {
  return text.trim().toLowerCase();
}

/** The normal form that remembers the last text: many leaves of a tree ask for that of one value, one after another. */
export function rememberedNormal(): Normal {
  let before = '';
  let result = '';
  return (text) => {
    if (text !== before) {
      result = normalised(text);
      before = text;
    }
    return result;
  };
}

type Test = (value: unknown) => boolean;

const comparisons: Readonly<Record<Operator, (target: LeafValue, normal: Normal) => Comparison>> = {
  eq: (target, normal) => present(anyEntry(equals(target, normal)), normal),
  ne: (target, normal) => absentOr(not(anyEntry(equals(target, normal))), normal),
  in: (target, normal) => present(anyEntry(equalsOneOf(target, normal)), normal),
  notIn: (target, normal) => absentOr(not(anyEntry(equalsOneOf(target, normal))), normal),
  gt: (target) => ordered((value) => value > numberOr(target)),
  gte: (target) => ordered((value) => value >= numberOr(target)),
  lt: (target) => ordered((value) => value < numberOr(target)),
  lte: (target) => ordered((value) => value <= numberOr(target)),
  between: (target) => {
    const [low, high] = Array.isArray(target) ? target : [];
    return ordered((value) => value >= numberOr(low) && value <= numberOr(high));
  },
  contains: (target, normal) => text(target, normal, (value, part) => value.includes(part)),
  startsWith: (target, normal) => text(target, normal, (value, part) => value.startsWith(part)),
  endsWith: (target, normal) => text(target, normal, (value, part) => value.endsWith(part)),
  exists: (_, normal) => not((value) => isUnknown(value, normal)),
  missing: (_, normal) => (value) => isUnknown(value, normal),
};

function isUnknown(value: unknown, normal: Normal): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.every((entry) => isUnknown(entry, normal));
  return typeof value === 'string' && normal(value) === '';
}

function present(test: Test, normal: Normal): Comparison {
  return (value) => (isUnknown(value, normal) ? undefined : test(value));
}

function absentOr(test: Test, normal: Normal): Comparison {
  return (value) => isUnknown(value, normal) || test(value);
}

function not(test: Test): Test {
  return (value) => !test(value);
}

function anyEntry(test: Test): Test {
  return (value) => (Array.isArray(value) ? value.some((entry) => test(entry)) : test(value));
}

function equals(target: unknown, normal: Normal): Test {
  if (typeof target === 'number') return (value) => numberOf(value) === target;
  const wanted = textOf(target, normalised);
  return (value) => wanted !== null && textOf(value, normal) === wanted;
}

function equalsOneOf(target: LeafValue, normal: Normal): Test {
  const entries = Array.isArray(target) ? target : [];
  const tests = entries.filter((entry) => typeof entry === 'number').map((entry) => equals(entry, normal));
  const texts = new Set(entries.map((entry) => textOf(entry, normalised)));
  return (value) => {
    const wanted = textOf(value, normal);
    return (wanted !== null && texts.has(wanted)) || tests.some((test) => test(value));
  };
}

function ordered(test: (value: number) => boolean): Comparison {
  return (value) => {
    if (typeof value === 'number') return Number.isFinite(value) ? test(value) : undefined;
    const entries = Array.isArray(value) ? value : [value];
    const numbers = entries.map(numberOf).filter((entry) => entry !== null);
    return numbers.length === 0 ? undefined : numbers.some(test);
  };
}

function text(target: LeafValue, normal: Normal, test: (value: string, part: string) => boolean): Comparison {
  const part = typeof target === 'string' ? target.toLowerCase() : '';
  const isFound = anyEntry((entry) => {
    const value = textOf(entry, normal);
    return value !== null && test(value, part);
  });
  return present(isFound, normal);
}

/** Text in its normal form, of a number or a truth value, too; null for what is no scalar. */
function textOf(value: unknown, normal: Normal): string | null {
  if (typeof value === 'string') return normal(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** A finite number, or text that spells one; else null. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const read = Number(value);
  return Number.isFinite(read) ? read : null;
}

/** NaN compares false with everything. */
function numberOr(target: unknown): number {
  return typeof target === 'number' ? target : Number.NaN;
}
