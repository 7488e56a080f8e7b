import { dayOf } from '../engagement/engagement.fold';
import type { CompiledModel } from '../model/model.compile';
import type { CompiledLifecycle } from '../model/usage.compile';
import type { DayCount, LifecycleTrace, ScoringEvent, UsageState } from '../profile';

/** Days of core events that are kept: a decline compares at most 90 days with the 90 before. */
const KEPT_DAYS = 180;

const noTrace: LifecycleTrace = { activatedAt: null, lastCoreAt: null, lastSessionAt: null, coreDays: [] };

interface Lifecycled {
  lifecycle: CompiledLifecycle;
  isExcluded: (event: ScoringEvent) => boolean;
}

/**
 * Takes new events into the trace of the lifecycle, in any order; excluded (automated) events leave none. Returns the
 * same object if the model has no lifecycle or no event belongs to it.
 */
export function withLifecycle(usage: UsageState, events: readonly ScoringEvent[], model: CompiledModel): UsageState {
  const { lifecycle, isExcluded } = model.usage;
  if (lifecycle === null) return usage;
  const before = usage.lifecycle ?? noTrace;
  const trace = events.reduce((sum, event) => withEvent(sum, event, { lifecycle, isExcluded }), before);
  return trace === before ? usage : { ...usage, lifecycle: trace };
}

function withEvent(trace: LifecycleTrace, event: ScoringEvent, { lifecycle, isExcluded }: Lifecycled): LifecycleTrace {
  const isActivation = lifecycle.isActivation?.(event) === true;
  const isCore = lifecycle.isCore(event);
  const isSessionStart = lifecycle.isSessionStart(event);
  if (!(isActivation || isCore || isSessionStart) || isExcluded(event)) return trace;
  const next = { ...trace };
  if (isActivation) next.activatedAt = Math.min(trace.activatedAt ?? event.at, event.at);
  if (isSessionStart) next.lastSessionAt = latest(trace.lastSessionAt, event.at);
  if (!isCore) return next;
  return {
    ...next,
    lastCoreAt: latest(trace.lastCoreAt, event.at),
    coreDays: withDay(trace.coreDays, dayOf(event.at)),
  };
}

function latest(before: number | null, at: number): number {
  return Math.max(before ?? at, at);
}

function withDay(days: readonly DayCount[], day: number): DayCount[] {
  const index = days.findLastIndex((entry) => entry.day <= day);
  const present = days[index];
  const next =
    present?.day === day
      ? days.with(index, { day, count: present.count + 1 })
      : days.toSpliced(index + 1, 0, { day, count: 1 });
  const newest = next[next.length - 1]?.day ?? day;
  return next.filter((entry) => entry.day > newest - KEPT_DAYS);
}
