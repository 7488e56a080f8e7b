import { tierOf, usageCountAt } from '@rekindle/scoring';
import type { LeadSubject } from '../facts/lead.subject';
import type { Change, LeadState, TriggerState } from '../lead-state';
import type { CompiledRule } from '../rule/rule.compiler';
import { emptyTriggerState, evaluateTrigger, isEdge, mayFire } from '../rule/trigger';
import { causesOf } from './firing';

/** One evaluation of a lead at an instant (epoch ms). */
export interface Moment {
  readonly subject: LeadSubject;
  readonly at: number;
  readonly rules: readonly CompiledRule[];
  /** Whether a crossing noticed here may fire the rule. */
  readonly isTimely: (rule: CompiledRule) => boolean;
}

/** A state after an evaluation, and what crossed on the way. */
export interface Evaluated {
  readonly state: LeadState;
  readonly changes: readonly Change[];
}

const noChanges: readonly Change[] = [];

function evaluateBand(state: LeadState, { subject, at }: Moment): Evaluated {
  const band = subject.bandAt(at) ?? null;
  if (band === state.band) return { state, changes: noChanges };
  const next = { ...state, band };
  if (band === null) return { state: next, changes: noChanges };
  return { state: next, changes: [{ kind: 'band', at, from: state.band, to: band, score: subject.scoreAt(at) ?? 0 }] };
}

function evaluateTier(state: LeadState, { subject, at }: Moment): Evaluated {
  const { profile, model, attributes } = subject;
  const events30d = profile.usage.lastAt === null ? null : usageCountAt(profile, at, model);
  const tier = events30d === null ? null : tierOf(events30d, model, attributes);
  if (tier === state.tier) return { state, changes: noChanges };
  const next = { ...state, tier, firstTier: state.firstTier ?? tier };
  if (tier === null || events30d === null) return { state: next, changes: noChanges };
  return { state: next, changes: [{ kind: 'tier', at, from: state.tier, to: tier, events30d }] };
}

function fire(rule: CompiledRule, trigger: TriggerState, { subject, at }: Moment): Change {
  return {
    kind: 'firing',
    at,
    rule: rule.key,
    ruleVersion: rule.version,
    sequence: trigger.firings + 1,
    causes: causesOf(rule, subject, at),
    score: subject.scoreAt(at) ?? 0,
  };
}

function evaluateRules(state: LeadState, moment: Moment): Evaluated {
  const { subject, at } = moment;
  let triggers = state.triggers;
  const changes: Change[] = [];
  for (const rule of moment.rules) {
    const before = state.triggers[rule.key] ?? emptyTriggerState(rule);
    let after = evaluateTrigger(rule, before, subject, at);
    if (isEdge(rule, before, after) && mayFire(rule, before, at) && moment.isTimely(rule)) {
      changes.push(fire(rule, before, moment));
      after = { ...after, firings: before.firings + 1, lastFiredAt: at };
    }
    if (after !== state.triggers[rule.key]) {
      if (triggers === state.triggers) triggers = { ...triggers };
      triggers[rule.key] = after;
    }
  }
  return triggers === state.triggers ? { state, changes: noChanges } : { state: { ...state, triggers }, changes };
}

/** Evaluates band, tier and every rule. Returns the very same state when nothing crossed. */
export function evaluateMoment(state: LeadState, moment: Moment): Evaluated {
  const band = evaluateBand(state, moment);
  const tier = evaluateTier(band.state, moment);
  const rules = evaluateRules(tier.state, moment);
  return { state: rules.state, changes: [...band.changes, ...tier.changes, ...rules.changes] };
}
