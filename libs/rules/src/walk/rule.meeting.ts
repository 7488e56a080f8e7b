import type { LeadSubject } from '../facts/lead.subject';
import type { LeadState, TriggerState } from '../lead-state';
import type { CompiledRule } from '../rule/rule.compiler';
import { emptyTriggerState, evaluateTrigger } from '../rule/trigger';

/** The version a trigger state carries while its rule is off. */
const OFF = 0;

/** A lead's state after meeting the rules in force, and the rules it had not met in this version. */
export interface Met {
  readonly state: LeadState;
  readonly newRules: ReadonlySet<string>;
}

/** A rule's first memory of a lead: what holds at the clock, silently, and the firings already made. */
function firstTrigger(rule: CompiledRule, state: LeadState, subject: LeadSubject): TriggerState {
  const { firings, lastFiredAt } = state.triggers[rule.key] ?? emptyTriggerState(rule);
  const start = { ...emptyTriggerState(rule), firings, lastFiredAt };
  return state.clock === null ? start : evaluateTrigger(rule, start, subject, state.clock);
}

/** Whether the lead has met every rule in this version and remembers no other: nothing to do, as most often. */
function hasMetAll({ triggers }: LeadState, rules: readonly CompiledRule[]): boolean {
  if (Object.keys(triggers).length !== rules.length) return false;
  return rules.every(({ key, version }) => triggers[key]?.ruleVersion === version);
}

const noRules: ReadonlySet<string> = new Set();

function isInForce(key: string, rules: readonly CompiledRule[]): boolean {
  return rules.some((rule) => rule.key === key);
}

/**
 * A rule that is new to a known lead, was off or was edited starts from what holds at the lead's clock without
 * firing: only crossings from then on count. Firings already made stay remembered. A lead without history meets
 * every rule as not holding.
 */
export function meetRules(state: LeadState, subject: LeadSubject, rules: readonly CompiledRule[]): Met {
  if (hasMetAll(state, rules)) return { state, newRules: noRules };
  const met: Record<string, TriggerState> = {};
  for (const rule of rules) {
    if (state.triggers[rule.key]?.ruleVersion !== rule.version) met[rule.key] = firstTrigger(rule, state, subject);
  }
  const newRules = new Set(state.clock === null ? [] : Object.keys(met));
  for (const [key, trigger] of Object.entries(state.triggers)) {
    if (trigger.ruleVersion !== OFF && !isInForce(key, rules)) met[key] = { ...trigger, ruleVersion: OFF };
  }
  const isSame = Object.keys(met).length === 0;
  return { state: isSame ? state : { ...state, triggers: { ...state.triggers, ...met } }, newRules };
}
