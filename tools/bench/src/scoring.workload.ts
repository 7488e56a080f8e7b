import { compileModel, DAY_MS, defaultModel, type CompiledModel, type ScoringEvent } from '@rekindle/scoring';

/** Midnight before which all events of the benchmarks lie. */
export const END = Date.UTC(2026, 5, 1);
export const SIGNALS = 20;
export const ACTIVE_DAYS = 60;

const kinds = ['visit', 'click', 'open', 'download', 'reply', 'request', 'social'] as const;

const nameOf = (signal: number): string => `Act ${signal}`;

/** Twenty signals as people write them: by type and some names, a few with a limit or a condition on a property. */
export function twentySignals(weightOf: (signal: number) => number = (signal) => (signal % 9) + 1): CompiledModel {
  const signals = Array.from({ length: SIGNALS }, (_, signal) => ({
    key: `act-${signal}`,
    label: `Act ${signal}`,
    kind: kinds[signal % kinds.length] ?? 'visit',
    match: {
      all: [
        { fact: 'event.type', operator: 'eq' as const, value: 'track' },
        { fact: 'event.name', operator: 'in' as const, value: [nameOf(signal), `${nameOf(signal)} Again`] },
        ...(signal % 5 === 4 ? [{ fact: 'event.property', path: 'plan', operator: 'ne' as const, value: 'free' }] : []),
      ],
    },
    weightPoints: weightOf(signal),
    ...(signal % 4 === 0 ? { dailyLimit: 3 } : {}),
    ...(signal % 6 === 0 ? { mostPoints: 40 } : {}),
  }));
  return compileModel({ ...defaultModel, engagement: { ...defaultModel.engagement, signals } }, 1);
}

/** A chain of numbers in 0–1 that is the same in every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let messages = 0;

/** One event of a signal; as large as a lean track call. */
export function actOf(signal: number, at: number): ScoringEvent {
  messages += 1;
  return {
    messageId: `m-${messages}`,
    type: 'track',
    name: nameOf(signal),
    at,
    properties: { plan: 'team', path: '/pricing' },
    context: {},
  };
}

/** Events of one lead in the 60 days before the end, ascending. */
export function historyOf(events: number, next: () => number): ScoringEvent[] {
  return Array.from({ length: events }, () => END - Math.floor(next() * ACTIVE_DAYS * DAY_MS))
    .sort((one, other) => one - other)
    .map((at) => actOf(Math.floor(next() * SIGNALS), at));
}

/** Every signal on every day, once or twice: the profile at which speed and bytes are stated. */
export function fullHistory(next: () => number): ScoringEvent[] {
  const events: ScoringEvent[] = [];
  for (let day = ACTIVE_DAYS; day > 0; day -= 1) {
    for (let signal = 0; signal < SIGNALS; signal += 1) {
      const times = next() < 0.3 ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        events.push(actOf(signal, END - day * DAY_MS + Math.floor(next() * DAY_MS)));
      }
    }
  }
  return events.sort((one, other) => one.at - other.at);
}
