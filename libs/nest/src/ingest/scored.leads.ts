import type { LeadState } from '@rekindle/rules';
import type { LeadAttributes, ScoringEvent } from '@rekindle/scoring';
import {
  AccountStore,
  EventStore,
  LeadStore,
  ProfileStore,
  type AccountRow,
  type EventRow,
  type LeadRow,
  type Sql,
} from '@rekindle/store';
import { recordAt } from './json.record';

const profiles = new ProfileStore();
const leads = new LeadStore();
const accounts = new AccountStore();
const events = new EventStore();

/** What fit criteria and rules may ask about a lead besides its behaviour. */
export function attributesOf(lead: LeadRow | null, account: AccountRow | null): LeadAttributes {
  return { traits: lead?.traits ?? {}, accountTraits: account?.traits ?? {} };
}

/** A stored event as scoring sees it. */
export function scoringEventOfRow(row: EventRow): ScoringEvent {
  return {
    messageId: row.messageId ?? row.id,
    type: row.type ?? '',
    name: row.name,
    at: row.at,
    properties: recordAt(row.payload, 'properties'),
    context: recordAt(row.payload, 'context'),
  };
}

/** A stored lead as scoring takes it. */
export interface ScoredLead {
  leadId: string;
  state: LeadState;
  attributes: LeadAttributes;
}

/** Those of these leads that have a state, in three statements however many they are. */
export async function scoredLeads(sql: Sql, workspaceId: string, leadIds: readonly string[]): Promise<ScoredLead[]> {
  const states = await profiles.getMany(sql, workspaceId, leadIds);
  const rows = await leads.getMany(sql, workspaceId, leadIds);
  const accountIds = [...rows.values()].flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
  const companies = await accounts.getMany(sql, workspaceId, [...new Set(accountIds)]);
  return [...states].map(([leadId, state]) => {
    const row = rows.get(leadId) ?? null;
    return { leadId, state, attributes: attributesOf(row, companies.get(row?.accountId ?? '') ?? null) };
  });
}

/** All that a lead has done, as scoring sees it, ascending by the instant it counts as of; up to and including `until`. */
export async function scoringEventsOf(
  sql: Sql,
  workspaceId: string,
  leadId: string,
  options: { until?: number } = {},
): Promise<ScoringEvent[]> {
  return (await events.forLead(sql, workspaceId, leadId, options)).map(scoringEventOfRow);
}
