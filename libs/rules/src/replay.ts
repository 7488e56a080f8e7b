import type { LeadAttributes, ScoringEvent } from '@rekindle/scoring';
import { inOrder, walkThrough } from './advance';
import type { Definitions } from './definitions';
import { emptyLeadState, type AdvanceResult, type LeadState, type TriggerState } from './lead-state';
import { LeadWalk } from './walk/lead.walk';

/** All events of one lead, in any order, and the state whose firings are to be remembered. Instants are epoch ms. */
export interface RebuildInput {
  events: readonly ScoringEvent[];
  attributes: LeadAttributes;
  now: number;
  previous: LeadState;
  /** Switch triggers without firing them, as after publishing a model. */
  isSilent?: boolean;
}

/** All events of one lead; those after `until` (epoch ms) are ignored. */
export interface ReplayInput {
  events: readonly ScoringEvent[];
  attributes: LeadAttributes;
  until: number;
}

/** History under these definitions as if every event had been noticed on time: backtests, and states of the past. */
export function replay(input: ReplayInput, definitions: Definitions): AdvanceResult {
  const { attributes, until } = input;
  const events = inOrder(input.events.filter((event) => event.at <= until));
  const walk = new LeadWalk({ state: emptyLeadState(), attributes, now: until, policy: 'always' }, definitions);
  return walkThrough(walk, events, until);
}

/** What a rule remembers after a rebuild: measured durations from history, everything else from before. */
function mergeTrigger(previous: TriggerState | undefined, replayed: TriggerState, isKnown: boolean): TriggerState {
  const { firings, lastFiredAt } = previous ?? { firings: 0, lastFiredAt: null };
  if (previous?.ruleVersion === replayed.ruleVersion) return { ...previous, heldSince: replayed.heldSince };
  return { ...replayed, isOn: isKnown && replayed.isOn, firings, lastFiredAt };
}

function mergeStates(previous: LeadState, replayed: LeadState, clock: number): LeadState {
  const isKnown = previous.clock !== null;
  const triggers = { ...previous.triggers };
  for (const [key, trigger] of Object.entries(replayed.triggers)) {
    triggers[key] = mergeTrigger(previous.triggers[key], trigger, isKnown);
  }
  return {
    ...previous,
    profile: replayed.profile,
    clock: Number.isFinite(clock) ? clock : null,
    due: null,
    triggers,
    firstTier: previous.firstTier ?? replayed.firstTier,
  };
}

/**
 * A lead's state from all its events, after a merge, a deletion, late events or a new model. What the lead already
 * fired is remembered; a crossing the new history brings fires if its newest event is recent enough.
 */
export function rebuild(input: RebuildInput, definitions: Definitions): AdvanceResult {
  const { attributes, now, previous } = input;
  const events = inOrder(input.events);
  const newest = events.at(-1);
  const clock = Math.max(previous.clock ?? -Infinity, newest?.at ?? -Infinity);
  const history = new LeadWalk({ state: emptyLeadState(), attributes, now, policy: 'silent' }, definitions);
  const replayed = walkThrough(history, events, clock);
  const state = mergeStates(previous, replayed.state, clock);
  const policy = input.isSilent === true ? 'silent' : 'live';
  const walk = new LeadWalk({ state, attributes, now, policy }, definitions);
  walk.settle(clock, { kind: 'event', at: newest?.at ?? now });
  const result = walkThrough(walk, [], now);
  return { ...result, signalOf: replayed.signalOf };
}
