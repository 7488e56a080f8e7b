import { dayOf } from '../engagement/engagement.fold';
import type { CompiledModel } from '../model/model.compile';
import type { CompiledLifecycle } from '../model/usage.compile';
import { DAY_MS, type LifecycleTrace, type Profile } from '../profile';
import type { Lifecycle, LifecycleStage } from '../score';

const noTrace: LifecycleTrace = { activatedAt: null, lastCoreAt: null, lastSessionAt: null, coreDays: [] };

/**
 * A lead's lifecycle at `at` (ms); null under a model without one. Its last activity is the latest core event, or the
 * activation if that is later. With the defaults, to the ms: **active** within 30 days, **churned** nothing for 90 days
 * or more, **lapsed** in between. **At risk** is active but declining: nothing in the last 14 UTC days, or at most half
 * of the core events of the 14 days before (a look at UTC days, so it changes by events and at midnights only).
 * **Never activated** has no activation event, whatever else it did; a model that names none gets the warning, because
 * then a lead that never got going looks like one that left.
 */
export function lifecycleAt(profile: Profile, at: number, model: CompiledModel): Lifecycle | null {
  const { lifecycle } = model.usage;
  if (lifecycle === null) return null;
  const { activatedAt, lastCoreAt, lastSessionAt } = profile.usage.lifecycle ?? noTrace;
  return {
    stage: stageAt(profile.usage.lifecycle ?? noTrace, at, lifecycle),
    warning: lifecycle.isActivation === null ? 'no-activation-event' : null,
    activatedAt,
    lastCoreAt,
    lastSessionAt,
  };
}

/** First instant after `at` (ms) at which the stage differs if nothing happens; null: never. */
export function nextLifecycleChangeAt(profile: Profile, at: number, model: CompiledModel): number | null {
  const { lifecycle } = model.usage;
  const trace = profile.usage.lifecycle ?? noTrace;
  const last = lastActivityOf(trace);
  if (lifecycle === null || last === null) return null;
  const stage = stageAt(trace, at, lifecycle);
  const ends = [last + lifecycle.activeMs, last + lifecycle.churnedMs];
  const daysToLook = Math.min(2 * lifecycle.declineDays, lifecycle.activeMs / DAY_MS) + 1;
  const midnights = Array.from({ length: daysToLook }, (_, index) => (dayOf(at) + index + 1) * DAY_MS);
  const candidates = [...ends, ...midnights].filter((instant) => instant > at).sort((one, other) => one - other);
  return candidates.find((instant) => stageAt(trace, instant, lifecycle) !== stage) ?? null;
}

function stageAt(trace: LifecycleTrace, at: number, lifecycle: CompiledLifecycle): LifecycleStage {
  const last = lastActivityOf(trace);
  if (last === null || (lifecycle.isActivation !== null && trace.activatedAt === null)) return 'never-activated';
  const age = at - last;
  if (age >= lifecycle.churnedMs) return 'churned';
  if (age >= lifecycle.activeMs) return 'lapsed';
  return isDeclining(trace, last, dayOf(at), lifecycle) ? 'at-risk' : 'active';
}

function lastActivityOf({ activatedAt, lastCoreAt }: LifecycleTrace): number | null {
  if (activatedAt === null || lastCoreAt === null) return lastCoreAt ?? activatedAt;
  return Math.max(activatedAt, lastCoreAt);
}

function isDeclining(trace: LifecycleTrace, last: number, today: number, lifecycle: CompiledLifecycle): boolean {
  const { declineDays, declineShare } = lifecycle;
  if (dayOf(last) <= today - declineDays) return true;
  const recent = coreEventsOf(trace, today - declineDays, today);
  const before = coreEventsOf(trace, today - 2 * declineDays, today - declineDays);
  return before > 0 && recent <= before * declineShare;
}

/** Core events of the days after `from` up to and including `to`. */
function coreEventsOf({ coreDays }: LifecycleTrace, from: number, to: number): number {
  return coreDays.reduce((sum, { day, count }) => sum + (day > from && day <= to ? count : 0), 0);
}
