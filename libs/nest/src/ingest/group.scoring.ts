import { advance, emptyLeadState, rebuild, type LeadState, type TriggerState } from '@rekindle/rules';
import type { ScoringEvent } from '@rekindle/scoring';
import { ProfileStore, type Sql } from '@rekindle/store';
import { scoringEventOf } from './canonical.message';
import type { WorkspaceDefinitions } from './definitions.cache';
import type { GroupRows, IngestGroup } from './ingest.group';
import type { Advanced } from './score.writer';
import { attributesOf, scoringEventsOf } from './scored.leads';

const profiles = new ProfileStore();

function newEventsByLead(group: IngestGroup): Map<string, ScoringEvent[]> {
  const byLead = new Map<string, ScoringEvent[]>();
  for (const { message, node } of group.owned) {
    const leadId = node.living.id;
    const mine = byLead.get(leadId) ?? [];
    if (message.isScored) mine.push(scoringEventOf(message));
    byLead.set(leadId, mine);
  }
  return byLead;
}

function laterOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function joinTriggers(one: TriggerState | undefined, other: TriggerState): TriggerState {
  if (!one) return other;
  const lastFiredAt = laterOf(one.lastFiredAt, other.lastFiredAt);
  return { ...one, isOn: one.isOn || other.isOn, firings: Math.max(one.firings, other.firings), lastFiredAt };
}

/** What rules remember of two leads that are one: nothing either of them fired fires again. */
function joinMemories(state: LeadState, others: readonly LeadState[]): LeadState {
  const triggers = { ...state.triggers };
  for (const other of others) {
    for (const [key, trigger] of Object.entries(other.triggers)) triggers[key] = joinTriggers(triggers[key], trigger);
  }
  const clock = others.reduce<number | null>((latest, other) => laterOf(latest, other.clock), state.clock);
  return { ...state, triggers, clock };
}

interface ScoringWork {
  rows: GroupRows;
  /** Leads that others went into, with what was remembered of those. */
  merged: ReadonlyMap<string, readonly LeadState[]>;
  definitions: WorkspaceDefinitions;
}

/** Scores everyone a group touches: by the new events alone, or from all events for who has just become one with another. */
export async function scoreGroup(sql: Sql, group: IngestGroup, work: ScoringWork): Promise<Advanced[]> {
  const { workspaceId, now } = group;
  const { rows, merged } = work;
  const { definitions } = work.definitions;
  const byLead = newEventsByLead(group);
  const known = [...byLead.keys()].filter((leadId) => !rows.leads.isBorn(leadId));
  const states = await profiles.getMany(sql, workspaceId, known);
  const advanced: Advanced[] = [];
  for (const [leadId, added] of byLead) {
    const lead = rows.leads.get(leadId);
    const attributes = attributesOf(lead, rows.accounts.get(lead?.accountId ?? null));
    const stored = states.get(leadId);
    const state = stored ?? emptyLeadState();
    const others = merged.get(leadId);
    if (others) {
      const before = await scoringEventsOf(sql, workspaceId, leadId);
      const previous = joinMemories(state, others);
      advanced.push({
        leadId,
        result: rebuild({ events: [...before, ...added], attributes, now, previous }, definitions),
      });
    } else {
      const result = advance({ state, attributes, events: added, now }, definitions);
      advanced.push({ leadId, result, stored });
    }
  }
  return advanced;
}
