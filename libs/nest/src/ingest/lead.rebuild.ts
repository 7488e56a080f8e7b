import { emptyLeadState, rebuild } from '@rekindle/rules';
import {
  AccountStore,
  EventStore,
  identityKey,
  IdentityStore,
  LeadStore,
  ProfileStore,
  type AccountRow,
  type EventRow,
  type Identity,
  type LeadRow,
  type Sql,
} from '@rekindle/store';
import type { WorkspaceDefinitions } from './definitions.cache';
import { attributesOf, scoringEventOfRow } from './scored.leads';
import { identitiesIn } from './identity.resolution';
import { RowSet, type IngestGroup } from './ingest.group';
import { applyMessage, findAccounts } from './lead.assembly';
import { LeadNode } from './lead.node';
import { companyIn, newAccount, newLead, withAccountTraits } from './lead.profile';
import { messageOfRow } from './stored.message';

const accounts = new AccountStore();
const events = new EventStore();
const identities = new IdentityStore();
const leads = new LeadStore();
const profiles = new ProfileStore();

/** Where and as of when (epoch ms) rows are rebuilt. */
export interface RebuildScene {
  workspaceId: string;
  definitions: WorkspaceDefinitions;
  now: number;
}

/** Takes from a lead the identities that no event left speaks for; answers the user id that is left. */
async function keepSpokenFor(
  sql: Sql,
  { workspaceId }: RebuildScene,
  leadId: string,
  left: readonly EventRow[],
): Promise<string | null> {
  const spokenFor = new Set(left.flatMap((row) => identitiesIn(messageOfRow(row))).map(identityKey));
  const had = await identities.forLead(sql, workspaceId, leadId);
  const isKept = (identity: Identity): boolean => spokenFor.has(identityKey(identity));
  await identities.unlinkMany(
    sql,
    workspaceId,
    leadId,
    had.filter((identity) => !isKept(identity)),
  );
  return had.find((identity) => identity.kind === 'user' && isKept(identity))?.value ?? null;
}

/** What is known of a lead, told again by the events that are left. */
async function retell(
  sql: Sql,
  scene: RebuildScene,
  { lead, userId }: { lead: LeadRow; userId: string | null },
  left: readonly EventRow[],
): Promise<{ lead: LeadRow; account: AccountRow | null }> {
  const { workspaceId, now } = scene;
  const node = new LeadNode(lead.id, false, userId);
  const owned = left.map((row) => ({
    item: { canonical: { isRejected: false as const, message: messageOfRow(row) }, outcome: null },
    message: messageOfRow(row),
    node,
    code: null,
    accountId: null,
  }));
  const group: IngestGroup = { workspaceId, now, owned, refused: [], companies: [] };
  const rows = await findAccounts(sql, group, new RowSet([newLead(lead.id, userId, now)]));
  for (const message of owned) applyMessage(message, rows, now);
  await accounts.insertMany(sql, workspaceId, rows.accounts.inserts());
  const told = rows.leads.get(lead.id) ?? newLead(lead.id, userId, now);
  return { lead: { ...told, createdAt: lead.createdAt }, account: rows.accounts.get(told.accountId) };
}

/**
 * Makes a lead what the events stored for it say, and nothing else: traits, identities, account and score. What rules
 * fired stays remembered, and none fires now.
 */
export async function rebuildLead(
  sql: Sql,
  scene: RebuildScene,
  lead: LeadRow,
  left: readonly EventRow[],
): Promise<LeadRow> {
  const { workspaceId, definitions, now } = scene;
  const userId = await keepSpokenFor(sql, scene, lead.id, left);
  const told = await retell(sql, scene, { lead, userId }, left);
  await leads.updateMany(sql, workspaceId, [told.lead]);
  const state = (await profiles.getMany(sql, workspaceId, [lead.id])).get(lead.id) ?? emptyLeadState();
  const result = rebuild(
    {
      events: left.filter(({ status }) => status === 'scored').map(scoringEventOfRow),
      attributes: attributesOf(told.lead, told.account),
      now,
      previous: { ...state, firstTier: null },
      isSilent: true,
    },
    definitions.definitions,
  );
  const { modelVersion } = definitions;
  await profiles.upsertMany(
    sql,
    workspaceId,
    [{ leadId: lead.id, state: result.state, summary: result.summary, modelVersion }],
    now,
  );
  return told.lead;
}

/** What a stored call says of one account, where it says anything. */
function describedBy(row: EventRow, account: AccountRow, now: number): AccountRow {
  const { type, groupId, traits, at } = messageOfRow(row);
  const company = type === 'group' ? { groupId, traits } : companyIn(traits);
  if (company?.groupId !== account.groupId) return account;
  return withAccountTraits(account, { traits: company.traits, at, isInPassing: type !== 'group' }, now);
}

/**
 * Makes an account what the events stored say of it; one that nothing speaks of and nobody belongs to goes away. Its
 * people become due, because what is known of it counts for their fit.
 */
export async function rebuildAccount(sql: Sql, scene: RebuildScene, accountId: string): Promise<void> {
  const { workspaceId, now } = scene;
  const account = await accounts.byId(sql, workspaceId, accountId);
  if (account === null) return;
  const left = await events.describingAccount(sql, workspaceId, accountId);
  const members = left.length > 0 ? [] : await leads.idsOfAccount(sql, workspaceId, accountId);
  if (left.length === 0 && members.length === 0) {
    await accounts.delete(sql, workspaceId, accountId);
    return;
  }
  const told = left.reduce(
    (described, row) => describedBy(row, described, now),
    newAccount(account.id, account.groupId, account.createdAt),
  );
  await accounts.updateMany(sql, workspaceId, [{ ...told, createdAt: account.createdAt }]);
  await profiles.wakeAccount(sql, workspaceId, accountId, now);
}
