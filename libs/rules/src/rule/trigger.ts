import { earlier } from '../facts/first.crossing';
import type { LeadSubject } from '../facts/lead.subject';
import type { TriggerState } from '../lead-state';
import type { CompiledRule, RuleMoment } from './rule.compiler';

/** What a rule remembers of a lead it never saw. */
export function emptyTriggerState(rule: CompiledRule): TriggerState {
  return { ruleVersion: rule.version, isOn: false, firings: 0, lastFiredAt: null, heldSince: {} };
}

function heldSinceAt(
  rule: CompiledRule,
  state: TriggerState,
  subject: LeadSubject,
  at: number,
): Record<string, number> {
  let next = state.heldSince;
  for (const leaf of rule.lasting) {
    const isHeld = leaf.key in next;
    if ((leaf.holds(subject, at) === true) === isHeld) continue;
    if (next === state.heldSince) next = { ...next };
    if (isHeld) delete next[leaf.key];
    else next[leaf.key] = at;
  }
  return next;
}

function isOnAt(rule: CompiledRule, wasOn: boolean, moment: RuleMoment): boolean {
  const isDone = rule.until === null ? false : rule.until.test(moment) === true;
  if (wasOn && rule.until !== null) return !isDone;
  return !isDone && rule.when.test(moment) === true;
}

/** Evaluates a rule at an instant (epoch ms). Returns the very same state when nothing changed. */
export function evaluateTrigger(
  rule: CompiledRule,
  state: TriggerState,
  subject: LeadSubject,
  at: number,
): TriggerState {
  const heldSince = heldSinceAt(rule, state, subject, at);
  const isOn = isOnAt(rule, state.isOn, { subject, at, heldSince });
  return isOn === state.isOn && heldSince === state.heldSince ? state : { ...state, isOn, heldSince };
}

/** Whether the step from one evaluation to the next is the edge the rule fires at. */
export function isEdge(rule: CompiledRule, before: TriggerState, after: TriggerState): boolean {
  return before.isOn !== after.isOn && after.isOn === (rule.document.edge === 'becomes-true');
}

/** Whether cool-down and the most firings leave room for a firing at an instant (epoch ms). */
export function mayFire(rule: CompiledRule, state: TriggerState, at: number): boolean {
  const { mostFirings } = rule.document;
  if (mostFirings !== undefined && state.firings >= mostFirings) return false;
  return state.lastFiredAt === null || at - state.lastFiredAt >= rule.coolDownMs;
}

function nextDurationEnd(rule: CompiledRule, { heldSince }: TriggerState, at: number): number | null {
  let next: number | null = null;
  for (const { key, forMs } of rule.lasting) {
    const since = heldSince[key];
    if (since !== undefined && forMs !== null && since + forMs > at) next = earlier(next, since + forMs);
  }
  return next;
}

/**
 * Earliest ms after `at` at which the rule can switch without an event; null: never.
 * While a rule with `until` is on, its `when` is of no interest, but for the durations it measures.
 */
export function nextTriggerChange(
  rule: CompiledRule,
  state: TriggerState,
  subject: LeadSubject,
  at: number,
): number | null {
  let next = nextDurationEnd(rule, state, at);
  const isHolding = state.isOn && rule.until !== null;
  for (const leaf of isHolding ? rule.lasting : rule.when.leaves) next = earlier(next, leaf.nextChange(subject, at));
  for (const leaf of rule.until?.leaves ?? []) next = earlier(next, leaf.nextChange(subject, at));
  return next;
}
