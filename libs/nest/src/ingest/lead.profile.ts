import type { AccountRow, LeadRow } from '@rekindle/store';
import type { CanonicalMessage } from './canonical.message';
import { emailOf, readId } from './identifier.rules';
import { isRecord } from './json.record';
import { joinTraits, noTimes, sayTraits, type TimedTraits } from './trait.times';

type Traits = Record<string, unknown>;

const MOST_TEXT_LENGTH = 255;

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text.slice(0, MOST_TEXT_LENGTH).replace(/[\ud800-\udfff]$/u, '');
}

function nameOf(traits: Traits): string | null {
  const parts = [
    textOf(traits['firstName'] ?? traits['first_name']),
    textOf(traits['lastName'] ?? traits['last_name']),
  ];
  return textOf(traits['name']) ?? textOf(parts.filter((part) => part !== null).join(' '));
}

/** A lead nobody has described yet. */
export function newLead(id: string, userId: string | null, now: number): LeadRow {
  const unknown = {
    email: null,
    name: null,
    title: null,
    owner: null,
    accountId: null,
    mergedInto: null,
    traitTimes: null,
    membership: null,
  };
  return { ...unknown, id, userId, traits: {}, createdAt: now, updatedAt: now };
}

/** What an identify call says; a browser, where anybody can write, names no owner and no other address. */
function saidIn({ traits, trust }: CanonicalMessage, lead: LeadRow): Traits {
  if (trust === 'server') return traits;
  const { owner: _owner, ownerEmail: _ownerEmail, email, ...said } = traits;
  return email === undefined || (lead.email !== null && emailOf(email) !== lead.email) ? said : { ...said, email };
}

const knownOf = ({ traits, traitTimes }: Pick<LeadRow, 'traits' | 'traitTimes'>): TimedTraits => ({
  traits,
  times: traitTimes ?? noTimes,
});

/** The lead with these traits, those lifted that have a column of their own. */
function describedBy(lead: LeadRow, { traits, times }: TimedTraits, now: number): LeadRow {
  return {
    ...lead,
    traits,
    traitTimes: times,
    email: emailOf(traits['email']) ?? lead.email,
    name: nameOf(traits) ?? lead.name,
    title: textOf(traits['title']) ?? lead.title,
    owner: emailOf(traits['owner'] ?? traits['ownerEmail']) ?? lead.owner,
    updatedAt: now,
  };
}

/** What is known of a lead after an identify call: of each trait what was said last. */
export function withTraits(lead: LeadRow, message: CanonicalMessage, now: number): LeadRow {
  return describedBy(lead, sayTraits(knownOf(lead), saidIn(message, lead), message.at), now);
}

/** What is known of a lead after another one turned out to be the same person; not where it belongs. */
export function absorbing(lead: LeadRow, other: LeadRow, now: number): LeadRow {
  const filled = {
    ...lead,
    email: lead.email ?? other.email,
    name: lead.name ?? other.name,
    title: lead.title ?? other.title,
    owner: lead.owner ?? other.owner,
  };
  return describedBy(filled, joinTraits(knownOf(lead), knownOf(other)), now);
}

/** A company nobody has described yet. */
export function newAccount(id: string, groupId: string, now: number): AccountRow {
  return { id, groupId, name: null, domain: null, traits: {}, traitTimes: null, createdAt: now, updatedAt: now };
}

/** Before any instant at which something can be said on purpose. */
const IN_PASSING_MS = 1e15;

/** What is said of a company: by a group call, or in passing, by what an identify call says of a lead. */
export interface AccountWords {
  traits: Traits;
  at: number;
  isInPassing: boolean;
}

/**
 * What is known of a company then: of each trait what was said last, on purpose before in passing. Lifts those that
 * have a column of their own.
 */
export function withAccountTraits(account: AccountRow, said: AccountWords, now: number): AccountRow {
  const at = said.isInPassing ? said.at - IN_PASSING_MS : said.at;
  const { traits, times } = sayTraits(knownOf(account), said.traits, at);
  const domain = textOf(traits['domain'] ?? traits['website']);
  return { ...account, traits, traitTimes: times, name: textOf(traits['name']), domain, updatedAt: now };
}

/** The company named by the trait `company` (a name, or an object with id or name): the id we file it under, its traits. */
export function companyIn(traits: Traits): { groupId: string; traits: Traits } | null {
  const company = traits['company'];
  if (typeof company === 'string') return companyNamed(company, {});
  if (!isRecord(company)) return null;
  const reading = readId(company['id']);
  if ('id' in reading && reading.id !== null) return { groupId: reading.id, traits: company };
  return companyNamed(company['name'], company);
}

function companyNamed(given: unknown, described: Traits): { groupId: string; traits: Traits } | null {
  const name = textOf(given);
  return name === null
    ? null
    : { groupId: `company:${name.toLowerCase()}`.slice(0, MOST_TEXT_LENGTH), traits: { ...described, name } };
}

/** `context.groupId`, where it is a usable id. */
export function groupIdIn(context: Traits): string | null {
  const reading = readId(context['groupId']);
  return 'id' in reading ? reading.id : null;
}
