import type { LeadState } from '@rekindle/rules';
import {
  AccountStore,
  AlertStore,
  ChangeStore,
  EnrolmentStore,
  EventStore,
  IdentityStore,
  LeadStore,
  MessageStore,
  OutcomeStore,
  ProfileStore,
  type Sql,
} from '@rekindle/store';
import type { IdentityResolution } from './identity.resolution';
import type { GroupRows, IngestGroup } from './ingest.group';

const accounts = new AccountStore();
const leads = new LeadStore();
const identities = new IdentityStore();
const profiles = new ProfileStore();
const enrolments = new EnrolmentStore();
const movable = [new EventStore(), new ChangeStore(), new AlertStore(), new MessageStore(), new OutcomeStore()];

/** Writes the people and companies a group made or changed, and how people are recognised. */
export async function storePeople(
  sql: Sql,
  group: IngestGroup,
  rows: GroupRows,
  resolution: IdentityResolution,
): Promise<void> {
  const { workspaceId } = group;
  await accounts.insertMany(sql, workspaceId, rows.accounts.inserts());
  await accounts.updateMany(sql, workspaceId, rows.accounts.updates());
  for (const accountId of rows.redescribed) await profiles.wakeAccount(sql, workspaceId, accountId, group.now);
  await leads.insertMany(sql, workspaceId, rows.leads.inserts());
  await leads.updateMany(sql, workspaceId, rows.leads.updates());
  await identities.linkMany(sql, workspaceId, resolution.links());
}

/**
 * Moves everything of leads that turned out to be somebody else. Answers who has to be scored from all events, with
 * what was remembered of those who went into them.
 */
export async function mergeStored(
  sql: Sql,
  group: IngestGroup,
  resolution: IdentityResolution,
): Promise<Map<string, LeadState[]>> {
  const { workspaceId, now } = group;
  const merged = new Map<string, LeadState[]>();
  if (resolution.merges.length === 0) return merged;
  const states = await profiles.getMany(
    sql,
    workspaceId,
    resolution.merges.map(({ from }) => from.id),
  );
  for (const merge of resolution.merges) {
    const from = merge.from.id;
    const into = merge.into.living.id;
    for (const store of movable) await store.moveToLead(sql, workspaceId, from, into);
    await identities.moveToLead(sql, workspaceId, from, into);
    await enrolments.moveToLead(sql, workspaceId, { from, into, now });
    await profiles.delete(sql, workspaceId, from);
    await leads.markMerged(sql, workspaceId, { from, into, now });
    const state = states.get(from);
    merged.set(into, [...(merged.get(into) ?? []), ...(state ? [state] : [])]);
  }
  return merged;
}
