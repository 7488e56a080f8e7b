import {
  AccountStore,
  identityKey,
  IdentityStore,
  LeadStore,
  newId,
  type AccountRow,
  type LeadRow,
  type Sql,
} from '@rekindle/store';
import type { SharedEmailRule } from '../lead-scoring.options';
import type { CanonicalMessage } from './canonical.message';
import { identitiesIn, IdentityResolution } from './identity.resolution';
import {
  RowSet,
  type CompanyMessage,
  type GroupItem,
  type GroupRows,
  type IngestGroup,
  type OwnedMessage,
} from './ingest.group';
import {
  absorbing,
  companyIn,
  groupIdIn,
  newAccount,
  newLead,
  withAccountTraits,
  withTraits,
  type AccountWords,
} from './lead.profile';
import { joinMemberships, membershipOf, placed, sayContext, sayGroup } from './membership';

const leadStore = new LeadStore();
const accountStore = new AccountStore();
const identityStore = new IdentityStore();

/** Whose every message is: sets `owned` and `refused` of the group and gives the people it touches. */
export async function findLeads(
  sql: Sql,
  group: IngestGroup,
  fresh: readonly GroupItem[],
  sharedEmail?: SharedEmailRule,
): Promise<{ resolution: IdentityResolution; leads: RowSet<LeadRow> }> {
  const { workspaceId, now } = group;
  const messages = fresh.flatMap(({ canonical }) => (canonical.isRejected ? [] : [canonical.message]));
  const identities = new Map(messages.flatMap(identitiesIn).map((identity) => [identityKey(identity), identity]));
  const known = await identityStore.resolve(sql, workspaceId, [...identities.values()]);
  const named = messages.flatMap((message) => (message.leadId === null ? [] : [message.leadId]));
  const rows = await leadStore.getMany(sql, workspaceId, [...new Set([...known.values(), ...named])]);
  const living = [...rows.values()].filter((row) => row.mergedInto === null);
  const idCounts = await identityStore.countByLead(sql, workspaceId, leadsThatMayMerge(messages, known));
  const counted = living.map(({ id, userId }) => ({ id, userId, idCount: idCounts.get(id) }));
  const resolution = new IdentityResolution(known, counted, () => newId(now), sharedEmail);
  for (const item of fresh) assign(group, item, resolution);
  const leads = new RowSet(living);
  for (const node of resolution.born()) leads.add(newLead(node.id, node.userId, now));
  return { resolution, leads };
}

function namesNobody({ leadId, address, userId, anonymousId }: CanonicalMessage): boolean {
  return leadId === null && address === null && userId === null && anonymousId === null;
}

/** Leads of messages that name two of them. */
function leadsThatMayMerge(messages: readonly CanonicalMessage[], known: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  if (known.size < 2) return [];
  for (const message of messages) {
    if (!namesTwo(message)) continue;
    const leads = identitiesIn(message).flatMap((identity) => known.get(identityKey(identity)) ?? []);
    if (new Set(leads).size > 1) for (const leadId of leads) found.add(leadId);
  }
  return [...found];
}

function namesTwo({ type, userId, anonymousId }: CanonicalMessage): boolean {
  return type === 'alias' || type === 'identify' || (userId !== null && anonymousId !== null);
}

function assign(group: IngestGroup, item: GroupItem, resolution: IdentityResolution): void {
  if (item.canonical.isRejected) {
    group.refused.push({ item, message: item.canonical.message });
    return;
  }
  const { message } = item.canonical;
  if (namesNobody(message)) {
    group.companies.push({ item, message, accountId: null });
    return;
  }
  const found = resolution.resolve(message);
  if ('node' in found) {
    group.owned.push({ item, message, node: found.node, code: message.code ?? found.flag, accountId: null });
    return;
  }
  const { messageId, contentHash, receivedAt } = message;
  const excerpt = JSON.stringify({ type: message.type, userId: message.userId, previousId: message.previousId });
  group.refused.push({ item, message: { messageId, contentHash, receivedAt, excerpt, code: found.refusedAs } });
}

function groupIdsIn(message: CanonicalMessage): string[] {
  const company = message.type === 'identify' ? companyIn(message.traits) : null;
  const ids = [message.type === 'group' ? message.groupId : null, groupIdIn(message.context), company?.groupId ?? null];
  return ids.flatMap((id) => (id === null ? [] : [id]));
}

/** The companies of the group's messages and of its people. */
export async function findAccounts(sql: Sql, group: IngestGroup, leads: RowSet<LeadRow>): Promise<GroupRows> {
  const groupIds = [...new Set([...group.owned, ...group.companies].flatMap(({ message }) => groupIdsIn(message)))];
  const named = await accountStore.getByGroupIds(sql, group.workspaceId, groupIds);
  const memberships = leads.all().flatMap((lead) => (lead.accountId === null ? [] : [lead.accountId]));
  const joined = await accountStore.getMany(sql, group.workspaceId, [...new Set(memberships)]);
  const accounts = new RowSet([...named.values(), ...joined.values()]);
  return {
    leads,
    accounts,
    accountByGroupId: new Map(accounts.all().map((row) => [row.groupId, row.id])),
    redescribed: new Set(),
  };
}

/** Joins what two leads knew once they turned out to be one. */
export function absorbMerged(resolution: IdentityResolution, rows: GroupRows, now: number): void {
  for (const { from, into } of resolution.merges) {
    const other = rows.leads.get(from.id);
    const lead = rows.leads.get(into.living.id);
    if (!lead || !other) continue;
    const membership = joinMemberships(membershipOf(lead, rows), membershipOf(other, rows));
    rows.leads.replace(placed(absorbing(lead, other, now), membership, rows));
  }
}

/** Applies what messages say of people and companies; what each says counts from when it was said. */
export function applyMessage(owned: OwnedMessage, rows: GroupRows, now: number): void {
  const { message } = owned;
  const lead = rows.leads.get(owned.node.living.id);
  if (!lead) return;
  const named = applyNames(lead, owned, rows, now);
  if (message.type === 'group') applyGroup(owned, named, rows, now);
  else applyContextGroup(owned, named, rows, now);
}

function applyNames(lead: LeadRow, owned: OwnedMessage, rows: GroupRows, now: number): LeadRow {
  const { message, node } = owned;
  const userId = node.living.userId;
  if (message.type !== 'identify')
    return lead.userId === userId ? lead : rows.leads.replace({ ...lead, userId, updatedAt: now });
  const membership = membershipOf(lead, rows);
  owned.accountId = applyCompany(message, rows, now);
  return rows.leads.replace(placed({ ...withTraits(lead, message, now), userId }, membership, rows));
}

/** Applies what a message that names nobody says of a company. */
export function applyCompanyMessage(company: CompanyMessage, rows: GroupRows, now: number): void {
  company.accountId = describeGroup(company.message, rows, now).id;
}

/** The company that the trait `company` of an identify call names is described in passing, whoever belongs to it. */
function applyCompany({ traits, at }: CanonicalMessage, rows: GroupRows, now: number): string | null {
  const company = companyIn(traits);
  if (company === null) return null;
  const account = accountFor(company.groupId, rows, now);
  describe(account, { traits: company.traits, at, isInPassing: true }, rows, now);
  return account.id;
}

function describeGroup({ groupId, traits, at }: CanonicalMessage, rows: GroupRows, now: number): AccountRow {
  const account = accountFor(groupId ?? '', rows, now);
  describe(account, { traits, at, isInPassing: false }, rows, now);
  return account;
}

function describe(account: AccountRow, words: AccountWords, rows: GroupRows, now: number): void {
  const described = withAccountTraits(account, words, now);
  const isSame = (key: 'traits' | 'traitTimes') => JSON.stringify(described[key]) === JSON.stringify(account[key]);
  if (isSame('traits') && isSame('traitTimes')) return;
  rows.accounts.replace(described);
  if (!isSame('traits') && !rows.accounts.isBorn(account.id)) rows.redescribed.add(account.id);
}

function applyGroup(owned: OwnedMessage, lead: LeadRow, rows: GroupRows, now: number): void {
  const account = describeGroup(owned.message, rows, now);
  const known = membershipOf(lead, rows);
  const told = sayGroup(known, { accountId: account.id, at: owned.message.at });
  if (told !== known) rows.leads.replace({ ...placed(lead, told, rows), updatedAt: now });
  owned.accountId = account.id;
}

function applyContextGroup(owned: OwnedMessage, lead: LeadRow, rows: GroupRows, now: number): void {
  const groupId = groupIdIn(owned.message.context);
  if (groupId === null) {
    owned.accountId ??= lead.accountId;
    return;
  }
  const account = accountFor(groupId, rows, now);
  const known = membershipOf(lead, rows);
  const told = sayContext(known, { accountId: account.id, at: owned.message.at });
  if (told !== known) rows.leads.replace({ ...placed(lead, told, rows), updatedAt: now });
  owned.accountId ??= account.id;
}

function accountFor(groupId: string, rows: GroupRows, now: number): AccountRow {
  const known = rows.accounts.get(rows.accountByGroupId.get(groupId) ?? null);
  if (known) return known;
  const account = rows.accounts.add(newAccount(newId(now), groupId, now));
  rows.accountByGroupId.set(groupId, account.id);
  return account;
}
