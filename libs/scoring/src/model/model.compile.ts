import type { Truth } from '../condition/condition';
import { compileAttributeMatcher, compileEventMatcher } from '../condition/condition.matcher';
import { compileDispatch } from '../condition/event.dispatch';
import { decayOf } from '../engagement/decay.strategy';
import type { DecayStrategy } from '../engagement/points.course';
import { DAY_MS, type LeadAttributes, type ScoringEvent } from '../profile';
import type { FitCriterion, ScoringModel, SignalDefinition, SignalGroup } from './model.schema';
import { type CompiledUsage, compileUsage } from './usage.compile';
import { parseModel } from './model.validate';

/** A signal ready for the hot path. Limits that are not set are Infinity. */
export interface CompiledSignal {
  readonly definition: SignalDefinition;
  readonly matches: (event: ScoringEvent) => boolean;
  readonly isNegative: boolean;
  /** Weight without its sign (points). */
  readonly magnitude: number;
  readonly dailyLimit: number;
  readonly mostPoints: number;
}

export interface CompiledCriterion {
  readonly definition: FitCriterion;
  readonly matches: (attributes: LeadAttributes) => Truth;
}

/** A group with a limit, and the signals that share it. */
export interface CompiledGroup {
  readonly key: string;
  readonly mostPoints: number;
  readonly signals: readonly CompiledSignal[];
}

/** A published or draft model, checked and compiled once. Immutable; holds no state of any lead. */
export interface CompiledModel {
  readonly document: ScoringModel;
  readonly key: string;
  readonly version: number;
  /** Instant (epoch ms) to which static ranks refer. */
  readonly landmarkMs: number;
  readonly halfLifeMs: number;
  readonly decay: DecayStrategy;
  /** How far back (ms) instants of signals are kept for the decay; null: none are, day buckets do. */
  readonly keptInstantsMs: number | null;
  /** 2^(-n / halfLifeDays) for n = 0, 1, … days. */
  readonly dayDecay: Float64Array;
  readonly signals: readonly CompiledSignal[];
  /** Groups with a limit. */
  readonly groups: readonly CompiledGroup[];
  /** Signals in no group with a limit. */
  readonly loneSignals: readonly CompiledSignal[];
  readonly usage: CompiledUsage;
  readonly criteria: readonly CompiledCriterion[];
  /** The signal that takes the event: the first that matches; null when none does. */
  readonly signalOf: (event: ScoringEvent) => SignalDefinition | null;
}

const DAY_DECAY_LENGTH = 512;
const DAYS_PER_WEEK = 7;

/** Trend settings of a model that states none. */
export const DEFAULT_TREND = { days: 7, deadBandScore: 3 };

/**
 * Checks and compiles a model document.
 * Throws {@link InvalidModelError} with every error and its path.
 */
export function compileModel(document: unknown, version: number): CompiledModel {
  const model = parseModel(document);
  const { halfLifeDays } = model.engagement;
  const decay = decayOf(model.engagement.decay, halfLifeDays * DAY_MS);
  const signals = model.engagement.signals.map(compileSignal);
  const groups = compileGroups(model.engagement.groups ?? [], signals);
  const grouped = new Set(groups.flatMap((group) => group.signals));
  return {
    document: model,
    key: model.key,
    version,
    landmarkMs: Date.parse(model.landmark),
    halfLifeMs: halfLifeDays * DAY_MS,
    decay,
    keptInstantsMs: decay.hasStaticRank ? null : decay.reachMs + lookBackDays(model.engagement) * DAY_MS,
    dayDecay: Float64Array.from({ length: DAY_DECAY_LENGTH }, (_, days) => 2 ** (-days / halfLifeDays)),
    signals,
    groups,
    loneSignals: signals.filter((signal) => !grouped.has(signal)),
    usage: compileUsage(model.usage),
    criteria: model.fit.criteria.map((definition) => ({
      definition,
      matches: compileAttributeMatcher(definition.match),
    })),
    signalOf: compileDispatch(signals.map(({ definition }) => ({ match: definition.match, value: definition }))),
  };
}

/** The score of each of so many days is shown beside a lead. */
const SHOWN_DAYS = 14;

/** Days by which readings go back behind now: the trend compares with an earlier day, a published number is older. */
function lookBackDays({ trend, published }: ScoringModel['engagement']): number {
  return Math.max(SHOWN_DAYS, (trend?.days ?? DEFAULT_TREND.days) + 1, DAYS_PER_WEEK * (published?.refreshWeeks ?? 0));
}

function compileSignal(definition: SignalDefinition): CompiledSignal {
  return {
    definition,
    matches: compileEventMatcher(definition.match),
    isNegative: definition.weightPoints < 0,
    magnitude: Math.abs(definition.weightPoints),
    dailyLimit: definition.dailyLimit ?? Number.POSITIVE_INFINITY,
    mostPoints: definition.mostPoints ?? Number.POSITIVE_INFINITY,
  };
}

function compileGroups(groups: readonly SignalGroup[], signals: readonly CompiledSignal[]): CompiledGroup[] {
  return groups.flatMap(({ key, mostPoints }) => {
    const members = signals.filter(({ definition }) => definition.group === key);
    return mostPoints === undefined || members.length === 0 ? [] : [{ key, mostPoints, signals: members }];
  });
}
