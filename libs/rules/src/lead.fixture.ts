import { fewerRuns } from '@rekindle/testing';
import {
  compileModel,
  DAY_MS,
  defaultModel,
  type CompiledModel,
  type LeadAttributes,
  type ScoringEvent,
  type ScoringModel,
} from '@rekindle/scoring';
import { advance } from './advance';
import { definitionsUnder, type Definitions } from './definitions';
import { emptyLeadState, type Change, type LeadState, type StateSummary } from './lead-state';
import type { TriggerRule } from './rule.schema';

/** Of property tests whose examples are dear: a tenth of the others. */
export const FEWER_RUNS = fewerRuns(10);
/** Day 0 of every story: a midnight. */
export const START = Date.UTC(2026, 0, 1);
export const HOUR_MS = 3_600_000;
export const nobody: LeadAttributes = { traits: {}, accountTraits: {} };

/** An instant so many days (fractions allowed) after the start. */
export function day(days: number): number {
  return START + Math.round(days * DAY_MS);
}

/** A track event; its messageId sorts in the order of instants unless given. */
export function did(name: string, at: number, properties: Record<string, unknown> = {}, messageId = `${at}-${name}`) {
  const event: ScoringEvent = { messageId, type: 'track', name, at, properties, context: {} };
  return event;
}

export const opened = (at: number): ScoringEvent => did('Email Opened', at);
export const clicked = (at: number): ScoringEvent => did('Email Link Clicked', at);
export const replied = (at: number): ScoringEvent => did('Email Replied', at);
export const sawPricing = (at: number): ScoringEvent => did('Pricing Page Viewed', at);
export const readCaseStudy = (at: number): ScoringEvent => did('Case Study Viewed', at);
export const used = (at: number, feature = 'dashboard'): ScoringEvent =>
  did('Feature Used', at, { feature_name: feature });
export const visited = (at: number): ScoringEvent => ({
  messageId: `${at}-page`,
  type: 'page',
  name: 'Home',
  at,
  properties: { path: '/' },
  context: {},
});

/** A rule with everything but the condition filled in. */
export function aRule(rule: Partial<TriggerRule> & Pick<TriggerRule, 'when'>): TriggerRule {
  return {
    key: 'a-rule',
    name: 'A rule',
    edge: 'becomes-true',
    coolDownDays: 0,
    mostEventAgeHours: 24,
    actions: [{ key: 'sales-alert', settings: {} }],
    ...rule,
  };
}

const models = new Map<ScoringModel, CompiledModel>();

export function definitionsOf(rules: readonly TriggerRule[], document: ScoringModel = defaultModel): Definitions {
  const model = models.get(document) ?? compileModel(document, 1);
  models.set(document, model);
  return definitionsUnder(
    model,
    rules.map((rule) => ({ document: rule, version: 1, isEnabled: true })),
  );
}

/** A lead whose story is told call by call. */
export class Story {
  state: LeadState = emptyLeadState();
  attributes: LeadAttributes = nobody;
  changes: Change[] = [];
  summary: StateSummary | null = null;
  definitions: Definitions;

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  /** Events arrive at `now`; returns what changed in this call. */
  arrive(events: readonly ScoringEvent[], now: number): Change[] {
    const { state, attributes } = this;
    const result = advance({ state, attributes, events, now }, this.definitions);
    this.state = result.state;
    this.summary = result.summary;
    this.changes.push(...result.changes);
    return result.changes;
  }

  /** Each event arrives at its own instant. */
  live(events: readonly ScoringEvent[]): Change[] {
    return events.flatMap((event) => this.arrive([event], event.at));
  }

  /** The timer runs exactly at every due instant up to `until`, and at `until`. */
  runTimer(until: number): Change[] {
    const found: Change[] = [];
    for (let runs = 0; ; runs += 1) {
      if (runs > 1_000) throw new Error('The timer never comes to an end.');
      const dueAt = this.summary?.nextDueAt ?? null;
      if (dueAt === null || dueAt > until) return [...found, ...this.arrive([], until)];
      found.push(...this.arrive([], dueAt));
    }
  }

  /** Instants at which a rule fired. */
  firings(rule: string): number[] {
    return this.changes.flatMap((change) => (change.kind === 'firing' && change.rule === rule ? [change.at] : []));
  }
}
