import {
  bucketsOf,
  DAY_MS,
  nextTierChangeAt,
  tierOf,
  usageCountAt,
  usageFallsBelowAt,
  type ConditionLeaf,
  type Profile,
} from '@rekindle/scoring';
import type { FactDefinition } from './fact';
import { nextDayChange, wholeDaysBetween } from './first.crossing';
import type { LeadSubject } from './lead.subject';

/** Days on each side of the comparison of signal frequency. */
export const FREQUENCY_DAYS = 14;

function lastSignalAt(profile: Profile, signals: readonly string[]): number | undefined {
  let last: number | undefined;
  for (const signal of signals) {
    const bucket = bucketsOf(profile, signal).at(-1);
    if (bucket !== undefined && (last === undefined || bucket.last > last)) last = bucket.last;
  }
  return last;
}

function lastUsageAt(subject: LeadSubject): number | undefined {
  return subject.profile.usage.lastAt ?? undefined;
}

function daysSince(last: number | undefined, at: number): number | undefined {
  return last === undefined ? undefined : wholeDaysBetween(last, at);
}

/** Percent by which signals of the last 14 UTC days differ from the 14 before; unknown without any before. */
function frequencyChange(profile: Profile, today: number, signals: readonly string[]): number | undefined {
  let recent = 0;
  let before = 0;
  for (const signal of signals) {
    for (const bucket of bucketsOf(profile, signal)) {
      const age = today - bucket.day;
      if (age < FREQUENCY_DAYS) recent += bucket.count;
      else if (age < 2 * FREQUENCY_DAYS) before += bucket.count;
    }
  }
  return before === 0 ? undefined : (100 * (recent - before)) / before;
}

const dayOf = (at: number): number => Math.floor(at / DAY_MS);

const nextFrequencyChange: FactDefinition['nextChange'] = ({ profile }, at, scope) => {
  const today = dayOf(at);
  const holdsNow = scope.holds(frequencyChange(profile, today, scope.signals));
  const days = new Set<number>();
  for (const signal of scope.signals) {
    for (const bucket of bucketsOf(profile, signal)) {
      for (const day of [bucket.day + FREQUENCY_DAYS, bucket.day + 2 * FREQUENCY_DAYS]) {
        if (day > today) days.add(day);
      }
    }
  }
  for (const day of [...days].sort((one, other) => one - other)) {
    if (scope.holds(frequencyChange(profile, day, scope.signals)) !== holdsNow) return day * DAY_MS;
  }
  return null;
};

const nextUsageCountChange: FactDefinition['nextChange'] = (subject, at, scope) => {
  if (lastUsageAt(subject) === undefined) return null;
  const { profile, model } = subject;
  const holdsNow = scope.holds(usageCountAt(profile, at, model));
  let first: number | null = null;
  for (const least of scope.thresholds.flatMap((events) => [Math.ceil(events), Math.floor(events) + 1])) {
    const instant = usageFallsBelowAt(profile, at, least, model);
    if (instant === null || (first !== null && instant >= first)) continue;
    if (scope.holds(usageCountAt(profile, instant, model)) !== holdsNow) first = instant;
  }
  return first;
};

const kindNouns: ReadonlyMap<string, string> = new Map([
  ['social', 'social reaction'],
  ['negative', 'negative signal'],
]);

function signalNoun({ signals }: ConditionLeaf): string {
  const nouns = (signals ?? ['signal']).map((signal) => kindNouns.get(signal) ?? signal.replaceAll('-', ' '));
  return nouns.length < 2 ? nouns.join('') : `${nouns.slice(0, -1).join(', ')} or ${nouns.at(-1) ?? ''}`;
}

/** Says "the last … was … ago" instead of comparing a number of days. */
function agoClause(what: (leaf: ConditionLeaf) => string): NonNullable<FactDefinition['clause']> {
  return (leaf) => {
    const { operator, value } = leaf;
    if (operator === 'missing') return `there never was any ${what(leaf)}`;
    if (operator === 'exists') return `there has been some ${what(leaf)}`;
    if (typeof value !== 'number') return undefined;
    const days = value === 1 ? '1 day' : `${value} days`;
    if (operator === 'gte') return `the last ${what(leaf)} was at least ${days} ago`;
    return operator === 'lt' ? `the last ${what(leaf)} was less than ${days} ago` : undefined;
  };
}

/** Facts about when and how often things happened: signals, any activity, product usage. */
export const activityFacts: readonly FactDefinition[] = [
  {
    key: 'signals.daysSinceLast',
    label: 'Days since last signal',
    noun: (leaf) => `the number of whole days since the last ${signalNoun(leaf)}`,
    type: 'count',
    unit: 'days',
    hasSignals: true,
    allowsForDays: false,
    value: ({ profile }, at, { signals }) => daysSince(lastSignalAt(profile, signals), at),
    nextChange: ({ profile }, at, scope) =>
      scope.thresholds.length === 0 ? null : nextDayChange(lastSignalAt(profile, scope.signals), at, scope),
    clause: agoClause(signalNoun),
  },
  {
    key: 'signals.changePercent',
    label: `Change in signals, last ${FREQUENCY_DAYS} days against the ${FREQUENCY_DAYS} before`,
    noun: (leaf) =>
      `the two-week change in the number of ${signalNoun(leaf)} signals`.replace('signal signals', 'signals'),
    type: 'measure',
    unit: '%',
    hasSignals: true,
    allowsForDays: true,
    value: ({ profile }, at, { signals }) => frequencyChange(profile, dayOf(at), signals),
    nextChange: nextFrequencyChange,
  },
  {
    key: 'activity.daysSinceLast',
    label: 'Days since last activity',
    noun: () => 'the number of whole days since the last activity',
    type: 'count',
    unit: 'days',
    allowsForDays: false,
    value: ({ profile }, at) => daysSince(profile.lastAt ?? undefined, at),
    nextChange: ({ profile }, at, scope) => nextDayChange(profile.lastAt ?? undefined, at, scope),
    clause: agoClause(() => 'activity'),
  },
  {
    key: 'usage.tier',
    label: 'Usage tier',
    noun: () => 'the usage tier',
    type: 'choice',
    allowsForDays: true,
    choices: ({ document: { usage } }) => {
      const tables = [usage, ...(usage.segments ?? [])];
      return [...new Set(tables.flatMap(({ tiers }) => tiers.map((tier) => tier.key)))];
    },
    value: (subject, at) =>
      lastUsageAt(subject) === undefined
        ? undefined
        : tierOf(usageCountAt(subject.profile, at, subject.model), subject.model, subject.attributes),
    nextChange: (subject, at) =>
      lastUsageAt(subject) === undefined
        ? null
        : nextTierChangeAt(subject.profile, at, subject.model, subject.attributes),
  },
  {
    key: 'usage.events',
    label: 'Usage events in the window',
    noun: () => 'the number of usage events in the window',
    type: 'count',
    allowsForDays: true,
    value: (subject, at) =>
      lastUsageAt(subject) === undefined ? undefined : usageCountAt(subject.profile, at, subject.model),
    nextChange: nextUsageCountChange,
  },
  {
    key: 'usage.daysSinceLast',
    label: 'Days since last product use',
    noun: () => 'the number of whole days since the product was last used',
    type: 'count',
    unit: 'days',
    allowsForDays: false,
    value: (subject, at) => daysSince(lastUsageAt(subject), at),
    nextChange: (subject, at, scope) => nextDayChange(lastUsageAt(subject), at, scope),
    clause: agoClause(() => 'product use'),
  },
];
