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
export function compareLeaf(leaf: ConditionLeaf): Comparison {
  return comparisons[leaf.operator](leaf.value);
}

const comparisons: Readonly<Record<Operator, (target: LeafValue) => Comparison>> = {
  eq: (target) => present(anyEntry(equals(target))),
  ne: (target) => absentOr(not(anyEntry(equals(target)))),
  in: (target) => present(anyEntry(equalsOneOf(target))),
  notIn: (target) => absentOr(not(anyEntry(equalsOneOf(target)))),
  gt: (target) => ordered((value) => value > numberOr(target)),
  gte: (target) => ordered((value) => value >= numberOr(target)),
  lt: (target) => ordered((value) => value < numberOr(target)),
  lte: (target) => ordered((value) => value <= numberOr(target)),
  between: (target) => {
    const [low, high] = Array.isArray(target) ? target : [];
    return ordered((value) => value >= numberOr(low) && value <= numberOr(high));
  },
  contains: (target) => text(target, (value, part) => value.includes(part)),
  startsWith: (target) => text(target, (value, part) => value.startsWith(part)),
  endsWith: (target) => text(target, (value, part) => value.endsWith(part)),
  exists: () => (value) => !isUnknown(value),
  missing: () => isUnknown,
};

function isUnknown(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.every(isUnknown);
  return typeof value === 'string' && value.trim() === '';
}

function present(test: (value: unknown) => boolean): Comparison {
  return (value) => (isUnknown(value) ? undefined : test(value));
}

function absentOr(test: (value: unknown) => boolean): Comparison {
  return (value) => isUnknown(value) || test(value);
}

function not(test: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => !test(value);
}

function anyEntry(test: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => (Array.isArray(value) ? value.some((entry) => test(entry)) : test(value));
}

function equals(target: unknown): (value: unknown) => boolean {
  if (typeof target === 'number') return (value) => numberOf(value) === target;
  const wanted = textOf(target);
  return (value) => wanted !== null && textOf(value) === wanted;
}

function equalsOneOf(target: LeafValue): (value: unknown) => boolean {
  const tests = (Array.isArray(target) ? target : []).filter((entry) => typeof entry === 'number').map(equals);
  const texts = new Set((Array.isArray(target) ? target : []).map(textOf));
  return (value) => {
    const wanted = textOf(value);
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

function text(target: LeafValue, test: (value: string, part: string) => boolean): Comparison {
  const part = typeof target === 'string' ? target.toLowerCase() : '';
  return present(
    anyEntry((entry) => {
      const value = textOf(entry);
      return value !== null && test(value, part);
    }),
  );
}

/** Trimmed, in lower case; null for what is no scalar. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim().toLowerCase();
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
