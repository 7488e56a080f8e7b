import type { Condition, Truth } from '../condition/condition';
import { compileAttributeMatcher, compileEventMatcher } from '../condition/condition.matcher';
import { compileDispatch } from '../condition/event.dispatch';
import { compilePath } from '../condition/path.read';
import { DAY_MS, type LeadAttributes, type ScoringEvent } from '../profile';
import type { LifecycleSettings, UsageSettings, UsageTier } from './model.schema';

/** A product with a tier table of its own. */
export interface CompiledProduct {
  readonly key: string;
  readonly label: string;
  readonly tiers: readonly UsageTier[];
  readonly matches: (event: ScoringEvent) => boolean;
}

export interface CompiledSegment {
  readonly key: string;
  readonly tiers: readonly UsageTier[];
  readonly matches: (attributes: LeadAttributes) => Truth;
}

/** A feature with levels; `names` in lower case. */
export interface CompiledFeature {
  readonly key: string;
  readonly label: string;
  readonly names: ReadonlySet<string>;
  readonly tiers: readonly UsageTier[];
}

export interface CompiledLifecycle {
  /** Null: the model names no activation event. */
  readonly isActivation: ((event: ScoringEvent) => boolean) | null;
  readonly isCore: (event: ScoringEvent) => boolean;
  readonly isSessionStart: (event: ScoringEvent) => boolean;
  readonly activeMs: number;
  readonly churnedMs: number;
  readonly declineDays: number;
  /** The part of the days before, 0–1, down to which is a decline. */
  readonly declineShare: number;
}

export interface CompiledUsage {
  readonly segments: readonly CompiledSegment[];
  readonly products: readonly CompiledProduct[];
  readonly features: readonly CompiledFeature[];
  /** Null: the model has no lifecycle. */
  readonly lifecycle: CompiledLifecycle | null;
  readonly matches: (event: ScoringEvent) => boolean;
  readonly isExcluded: (event: ScoringEvent) => boolean;
  readonly featureOf: (event: ScoringEvent) => string;
  readonly windowMs: number;
}

const LONGEST_FEATURE = 120;
const DEFAULT_ACTIVE_DAYS = 30;
const DEFAULT_CHURNED_DAYS = 90;
const DEFAULT_DECLINE = { days: 14, dropPercent: 50 };

/** Days without activity after which a lead is no longer active, and has churned. */
export function lifecycleDaysOf({ activeDays, churnedDays }: LifecycleSettings): { active: number; churned: number } {
  return { active: activeDays ?? DEFAULT_ACTIVE_DAYS, churned: churnedDays ?? DEFAULT_CHURNED_DAYS };
}

/** Compiles the usage part of a model that has been checked. */
export function compileUsage(usage: UsageSettings): CompiledUsage {
  const readers = usage.featurePaths.map(compilePath);
  const matches = byName(usage.match);
  const isExcluded = usage.exclude === undefined ? never : byName(usage.exclude);
  return {
    matches,
    isExcluded,
    featureOf: (event) => featureOf(event, readers),
    windowMs: usage.windowDays * DAY_MS,
    segments: (usage.segments ?? []).map(({ match, ...segment }) => ({
      ...segment,
      matches: compileAttributeMatcher(match),
    })),
    products: (usage.products ?? []).map(({ match, ...product }) => ({
      ...product,
      matches: compileEventMatcher(match),
    })),
    features: (usage.features ?? []).map(({ names, ...feature }) => ({
      ...feature,
      names: new Set(names.map((name) => name.trim().toLowerCase())),
    })),
    lifecycle: usage.lifecycle === undefined ? null : compileLifecycle(usage.lifecycle, matches),
  };
}

/** A matcher that remembers what type and name of an event decide. */
function byName(match: Condition): (event: ScoringEvent) => boolean {
  const dispatch = compileDispatch([{ match, value: true }]);
  return (event) => dispatch(event) === true;
}

function never(): boolean {
  return false;
}

function compileLifecycle(lifecycle: LifecycleSettings, isUsage: (event: ScoringEvent) => boolean): CompiledLifecycle {
  const { activation, core, sessionStart, decline = DEFAULT_DECLINE } = lifecycle;
  const { active, churned } = lifecycleDaysOf(lifecycle);
  return {
    isActivation: activation === undefined ? null : compileEventMatcher(activation),
    isCore: core === undefined ? isUsage : compileEventMatcher(core),
    isSessionStart: sessionStart === undefined ? never : compileEventMatcher(sessionStart),
    activeMs: active * DAY_MS,
    churnedMs: churned * DAY_MS,
    declineDays: decline.days,
    declineShare: 1 - decline.dropPercent / 100,
  };
}

function featureOf(event: ScoringEvent, readers: readonly ((record: Record<string, unknown>) => unknown)[]): string {
  for (const read of readers) {
    const feature = read(event.properties);
    if (typeof feature === 'string' && feature.trim() !== '') return feature.trim().slice(0, LONGEST_FEATURE);
  }
  return (event.name ?? event.type).trim().slice(0, LONGEST_FEATURE);
}
