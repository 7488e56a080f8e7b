import type { ScoringEvent } from '@rekindle/scoring';
import type { Definitions } from './definitions';
import type { AdvanceInput, AdvanceResult } from './lead-state';
import { LeadWalk } from './walk/lead.walk';

function byInstant(one: ScoringEvent, other: ScoringEvent): number {
  if (one.at !== other.at) return one.at - other.at;
  return one.messageId < other.messageId ? -1 : Number(one.messageId > other.messageId);
}

/** Events in the order in which they happened; those of one instant by messageId. */
export function inOrder(events: readonly ScoringEvent[]): readonly ScoringEvent[] {
  return events.length < 2 ? events : [...events].sort(byInstant);
}

/** Leads a walk through events (in order) and due moments up to `now`. */
export function walkThrough(walk: LeadWalk, events: readonly ScoringEvent[], now: number): AdvanceResult {
  const { clock } = walk;
  const firstNew = clock === null ? 0 : events.findIndex((event) => event.at >= clock);
  const late = firstNew === -1 ? events : events.slice(0, firstNew);
  walk.takeLate(late);
  for (const event of events.slice(late.length)) walk.takeEvent(event);
  walk.stepDueUntil(now);
  walk.settle(now, { kind: 'edit', at: now });
  return walk.result();
}

/**
 * Moves one lead to `now` (epoch ms) through its new events and every due moment on the way, each evaluated at its
 * exact instant, however late the call. Pure: reads no clock and changes none of its arguments. Events already
 * applied must not be given again; an event's `at` should not lie after `now`.
 * Throws `EndlessDueError` only if a fact is defective.
 */
export function advance(input: AdvanceInput, definitions: Definitions): AdvanceResult {
  const { state, attributes, now } = input;
  const policy = input.isSilent === true ? 'silent' : 'live';
  return walkThrough(new LeadWalk({ state, attributes, now, policy }, definitions), inOrder(input.events), now);
}
