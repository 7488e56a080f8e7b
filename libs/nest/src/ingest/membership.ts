import type { LeadRow } from '@rekindle/store';
import type { GroupRows } from './ingest.group';
import { companyIn } from './lead.profile';

/** What was said of where a lead belongs: by a group call, and by the context of other calls. */
export type Membership = NonNullable<LeadRow['membership']>;
type Belonging = NonNullable<Membership['group']>;

/** A group call: the last one counts; said at the same instant, what came last. */
export function sayGroup(known: Membership, said: Belonging): Membership {
  return known.group && said.at < known.group.at ? known : { ...known, group: said };
}

/**
 * The company in the context of a call: the first one counts, for it says where something was done, and a lead is not
 * to move with everything it does.
 */
export function sayContext(known: Membership, said: Belonging): Membership {
  return known.context && said.at >= known.context.at ? known : { ...known, context: said };
}

/** Of two leads that are one. */
export function joinMemberships(one: Membership, other: Membership): Membership {
  const withGroup = other.group && (one.group?.at ?? -Infinity) < other.group.at ? sayGroup(one, other.group) : one;
  return other.context ? sayContext(withGroup, other.context) : withGroup;
}

/**
 * What was said of where a lead belongs. Of leads from before this was kept: a company that is not the one their traits
 * name was said first of all, by whatever named it.
 */
export function membershipOf(lead: LeadRow, rows: GroupRows): Membership {
  if (lead.membership !== null || lead.accountId === null) return lead.membership ?? {};
  const isNamed = rows.accounts.get(lead.accountId)?.groupId === companyIn(lead.traits)?.groupId;
  return isNamed ? {} : { context: { accountId: lead.accountId, at: 0 } };
}

/** The lead in the company it belongs to: of a group call, else of a context, else the one its traits name. */
export function placed(lead: LeadRow, membership: Membership, rows: GroupRows): LeadRow {
  const company = companyIn(lead.traits);
  const named = company === null ? null : (rows.accountByGroupId.get(company.groupId) ?? lead.accountId);
  const accountId = membership.group?.accountId ?? membership.context?.accountId ?? named;
  return { ...lead, membership, accountId };
}
