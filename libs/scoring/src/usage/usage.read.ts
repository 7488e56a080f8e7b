import type { CompiledModel } from '../model/model.compile';
import type { CompiledSegment } from '../model/usage.compile';
import type { UsageTier } from '../model/model.schema';
import { DAY_MS, type LeadAttributes, type Profile } from '../profile';
import { countUpTo } from '../profile/instant.list';
import type { UsageScore } from '../score';
import { lifecycleAt, nextLifecycleChangeAt } from './lifecycle.read';
import { featureLevelsAt, nextLevelChangeAt, productTiersAt } from './usage.levels';

/**
 * The `rank`th newest instant (1: the newest) of the window that ends at `at` (inclusive; it is open at its start, exact
 * to the ms); null when there are fewer. Merges the features' lists from their ends, so it costs the rank.
 */
function newestInWindow(profile: Profile, at: number, rank: number, model: CompiledModel): number | null {
  const lists = Object.values(profile.usage.features);
  const ends = lists.map((instants) => countUpTo(instants, at));
  const start = at - model.usage.windowMs;
  let newest = start;
  for (let taken = 0; taken < rank; taken += 1) {
    newest = start;
    let from = -1;
    for (const [index, instants] of lists.entries()) {
      const instant = instants[(ends[index] ?? 0) - 1] ?? start;
      if (instant <= newest) continue;
      newest = instant;
      from = index;
    }
    if (from === -1) return null;
    ends[from] = (ends[from] ?? 0) - 1;
  }
  return newest;
}

/** Usage events t with at − window < t ≤ at. */
export function usageCountAt(profile: Profile, at: number, model: CompiledModel): number {
  const start = at - model.usage.windowMs;
  let count = 0;
  for (const instants of Object.values(profile.usage.features)) {
    count += countUpTo(instants, at) - countUpTo(instants, start);
  }
  return count;
}

/**
 * Key of the tier of so many usage events in the window, by the table of the lead's segment; without attributes, or
 * outside every segment, by the default table.
 */
export function tierOf(events: number, model: CompiledModel, attributes?: LeadAttributes): string {
  return tierEntryOf(events, model, attributes)?.key ?? '';
}

/** The segment whose tier table holds for a lead: the first that matches; null: the default table. */
export function segmentOf(attributes: LeadAttributes | undefined, model: CompiledModel): CompiledSegment | null {
  if (attributes === undefined) return null;
  return model.usage.segments.find(({ matches }) => matches(attributes) === true) ?? null;
}

function tierEntryOf(events: number, model: CompiledModel, attributes?: LeadAttributes): UsageTier | undefined {
  const tiers = segmentOf(attributes, model)?.tiers ?? model.document.usage.tiers;
  return tiers.find((tier) => events >= tier.minEvents) ?? tiers[tiers.length - 1];
}

/** First instant after `at` (ms) at which fewer than `events` are in the window; null when they already are. */
export function usageFallsBelowAt(profile: Profile, at: number, events: number, model: CompiledModel): number | null {
  const leaving = events <= 0 ? null : newestInWindow(profile, at, events, model);
  return leaving === null ? null : leaving + model.usage.windowMs;
}

/** First instant after `at` (ms) at which the tier differs if nothing happens; null: never. Attributes as for tierOf. */
export function nextTierChangeAt(
  profile: Profile,
  at: number,
  model: CompiledModel,
  attributes?: LeadAttributes,
): number | null {
  const least = tierEntryOf(usageCountAt(profile, at, model), model, attributes)?.minEvents ?? 0;
  return usageFallsBelowAt(profile, at, least, model);
}

/**
 * Product usage at `at` (ms): the tier is the plain count in the window; the score 0–100 is the weighted mean of
 * frequency n / (n + half), recency 2^(−days / half) and diversity d / (d + half), each strictly monotone.
 * The attributes choose the segment's tier table; without them the default table holds.
 */
export function usageAt(profile: Profile, at: number, model: CompiledModel, attributes?: LeadAttributes): UsageScore {
  const { weights, halfAt } = model.document.usage;
  const start = at - model.usage.windowMs;
  const { features, lastAt, excludedEvents } = profile.usage;
  const events = usageCountAt(profile, at, model);
  const distinct = Object.values(features).filter((instants) => instants.some((t) => t > start && t <= at)).length;
  const ageDays = lastAt === null ? null : Math.max(0, at - lastAt) / DAY_MS;
  const weighted =
    weights.frequency * (events / (events + halfAt.events)) +
    weights.recency * (ageDays === null ? 0 : 2 ** (-ageDays / halfAt.days)) +
    weights.diversity * (distinct / (distinct + halfAt.features));
  return {
    score: (100 * weighted) / (weights.frequency + weights.recency + weights.diversity),
    tier: tierOf(events, model, attributes),
    events30d: events,
    daysSinceLast: ageDays === null ? null : Math.floor(ageDays),
    distinctFeatures: distinct,
    excludedEvents,
    ...partsAt(profile, at, model, attributes),
  };
}

/** What only some models have; an absent part has no key. */
function partsAt(
  profile: Profile,
  at: number,
  model: CompiledModel,
  attributes?: LeadAttributes,
): Pick<UsageScore, 'segment' | 'products' | 'features' | 'lifecycle'> {
  const { segments, products, features } = model.usage;
  const lifecycle = lifecycleAt(profile, at, model);
  return {
    ...(segments.length === 0 ? {} : { segment: segmentOf(attributes, model)?.key ?? null }),
    ...(products.length === 0 ? {} : { products: productTiersAt(profile, at, model) }),
    ...(features.length === 0 ? {} : { features: featureLevelsAt(profile, at, model) }),
    ...(lifecycle === null ? {} : { lifecycle }),
  };
}

/**
 * First instant after `at` (ms) at which tier, a product's tier, a feature's level or the lifecycle stage differs if
 * nothing happens; null: never.
 */
export function nextUsageChangeAt(
  profile: Profile,
  at: number,
  model: CompiledModel,
  attributes?: LeadAttributes,
): number | null {
  const instants = [
    nextTierChangeAt(profile, at, model, attributes),
    nextLevelChangeAt(profile, at, model),
    nextLifecycleChangeAt(profile, at, model),
  ].filter((instant) => instant !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}
