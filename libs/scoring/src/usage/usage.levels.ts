import type { CompiledModel } from '../model/model.compile';
import type { UsageTier } from '../model/model.schema';
import type { CompiledFeature } from '../model/usage.compile';
import type { Profile } from '../profile';
import { countUpTo } from '../profile/instant.list';
import type { UsageLevel } from '../score';

/** Instants of one product or feature, ascending, with the table they are counted against. */
interface Counted {
  key: string;
  label: string;
  tiers: readonly UsageTier[];
  instants: readonly number[];
}

/** Each product's tier at `at` (ms), by the product's own table over its own events in the usage window. */
export function productTiersAt(profile: Profile, at: number, model: CompiledModel): UsageLevel[] {
  return productsOf(profile, model).map((counted) => levelAt(counted, at, model));
}

/** Each feature's level at `at` (ms), by the feature's own table. Above the lowest level the lead has engaged with it. */
export function featureLevelsAt(profile: Profile, at: number, model: CompiledModel): UsageLevel[] {
  return featuresOf(profile, model).map((counted) => levelAt(counted, at, model));
}

/**
 * Features the lead newly engaged with, or engaged with more, between two readings: what "Feature Engaged" tells, with
 * the level reached.
 */
export function featuresEngaged(before: readonly UsageLevel[], after: readonly UsageLevel[]): UsageLevel[] {
  const earlier = new Map(before.map((level) => [level.key, level.minEvents]));
  return after.filter(({ key, minEvents }) => minEvents > (earlier.get(key) ?? 0));
}

/** First instant after `at` (ms) at which a product's tier or a feature's level differs if nothing happens. */
export function nextLevelChangeAt(profile: Profile, at: number, model: CompiledModel): number | null {
  const counted = [...productsOf(profile, model), ...featuresOf(profile, model)];
  return counted.reduce((first: number | null, one) => {
    const { minEvents } = levelAt(one, at, model);
    const leaving = minEvents === 0 ? undefined : one.instants[countUpTo(one.instants, at) - minEvents];
    if (leaving === undefined) return first;
    return Math.min(first ?? Number.POSITIVE_INFINITY, leaving + model.usage.windowMs);
  }, null);
}

function levelAt({ key, label, tiers, instants }: Counted, at: number, model: CompiledModel): UsageLevel {
  const events = countUpTo(instants, at) - countUpTo(instants, at - model.usage.windowMs);
  const tier = tiers.find(({ minEvents }) => events >= minEvents);
  return { key, label, tier: tier?.key ?? '', events, minEvents: tier?.minEvents ?? 0 };
}

function productsOf(profile: Profile, model: CompiledModel): Counted[] {
  const { products = {} } = profile.usage;
  return model.usage.products.map(({ key, label, tiers }) => {
    const instants = Object.hasOwn(products, key) ? (products[key] ?? []) : [];
    return { key, label, tiers, instants };
  });
}

function featuresOf(profile: Profile, model: CompiledModel): Counted[] {
  return model.usage.features.map((feature) => ({ ...feature, instants: instantsOf(feature, profile) }));
}

function instantsOf({ names }: CompiledFeature, { usage }: Profile): number[] {
  const lists = Object.entries(usage.features).filter(([name]) => names.has(name.toLowerCase()));
  return lists.flatMap(([, instants]) => instants).sort((one, other) => one - other);
}
