import { defaultModel } from '../model/default.model';
import type { SignalDefinition } from '../model/model.schema';
import { DAY_MS, type ScoringEvent } from '../profile';
import { signalNames } from '../event.fixture';

const HALF_LIFE_MS = defaultModel.engagement.halfLifeDays * DAY_MS;

/**
 * Points at an instant by the definition, straight from the events: no buckets, no landmark. Independent of the
 * library's fold, so that tests can hold one against the other.
 */
export function pointsByDefinition(events: readonly ScoringEvent[], at: number): number {
  return defaultModel.engagement.signals.reduce((sum, signal) => {
    const instants = events.filter(({ name }) => name === signalNames[signal.key]).map((event) => event.at);
    return sum + Math.sign(signal.weightPoints) * magnitudeByDefinition(signal, instants, at);
  }, 0);
}

function magnitudeByDefinition(signal: SignalDefinition, instants: readonly number[], at: number): number {
  const days = new Map<number, number[]>();
  for (const instant of [...instants].sort((left, right) => left - right)) {
    const day = Math.floor(instant / DAY_MS);
    days.set(day, [...(days.get(day) ?? []), instant]);
  }
  let total = 0;
  let asOf = at;
  for (const ofDay of days.values()) {
    const last = Math.max(...ofDay);
    total *= decay(last - asOf);
    asOf = last;
    const share = Math.min(1, (signal.dailyLimit ?? Infinity) / ofDay.length);
    for (const instant of ofDay) total += Math.abs(signal.weightPoints) * share * decay(last - instant);
    total = Math.min(total, signal.mostPoints ?? Infinity);
  }
  return total * decay(at - asOf);
}

function decay(ms: number): number {
  return 2 ** (-ms / HALF_LIFE_MS);
}
