import type { CompiledModel } from '../model/model.compile';
import type { Profile, ScoringEvent, UsageState } from '../profile';
import { insertAscending, instantsAfter, ownInstants } from '../profile/instant.list';
import { withoutOldInstants } from '../profile/kept.instants';
import { withLifecycle } from './lifecycle.apply';

/**
 * Takes new events into the usage state. Instants no window can reach any more (they lie a whole window before the
 * latest) are dropped; that, too, depends on the set of events alone. Returns the same object if nothing is usage.
 */
export function withUsage(usage: UsageState, events: readonly ScoringEvent[], model: CompiledModel): UsageState {
  const traced = withLifecycle(usage, events, model);
  let next: UsageState | null = null;
  for (const event of events) {
    if (!model.usage.matches(event)) continue;
    next ??= ownCopy(traced, model);
    if (model.usage.isExcluded(event)) next.excludedEvents += 1;
    else countIn(next, event, model, traced);
  }
  if (next === null) return traced;
  return next.lastAt === null ? next : inWindow(next, next.lastAt, model);
}

function countIn(usage: UsageState, event: ScoringEvent, model: CompiledModel, before: UsageState): void {
  usage.totalEvents += 1;
  usage.lastAt = Math.max(usage.lastAt ?? event.at, event.at);
  insertAscending(ownInstants(usage.features, model.usage.featureOf(event), before.features), event.at);
  if (usage.products === undefined) return;
  const { products = {} } = before;
  for (const { key, matches } of model.usage.products) {
    if (matches(event)) insertAscending(ownInstants(usage.products, key, products), event.at);
  }
}

/** Drops instants that no window reaches any more at `now` (ms) or later; the same object if there are none. */
export function pruneProfile(profile: Profile, now: number, model: CompiledModel): Profile {
  const kept = withoutOldInstants(profile, now, model);
  const usage = inWindow(kept.usage, now, model);
  return usage === kept.usage ? kept : { ...kept, usage };
}

function ownCopy(usage: UsageState, model: CompiledModel): UsageState {
  const copy = { ...usage, features: { ...usage.features } };
  return model.usage.products.length === 0 ? copy : { ...copy, products: { ...usage.products } };
}

function inWindow(usage: UsageState, now: number, model: CompiledModel): UsageState {
  const start = now - model.usage.windowMs;
  const features = instantsAfter(usage.features, start);
  const products = usage.products && instantsAfter(usage.products, start);
  if (features === usage.features && products === usage.products) return usage;
  return products === undefined ? { ...usage, features } : { ...usage, features, products };
}
