import { identityKey, type Identity, type IdentityKind, type IdentityLink } from '@rekindle/store';
import type { CanonicalMessage } from './canonical.message';
import type { SharedEmailRule } from '../lead-scoring.options';
import { emailOf } from './identifier.rules';
import { LeadNode } from './lead.node';

/** What resolution decides of one message: whose it is, or why it is refused; `flag` when an id was left alone. */
export type Resolution = Owned | { refusedAs: 'alias_taken' | 'too_many_ids' | 'unknown_lead' | 'unknown_address' };
interface Owned {
  node: LeadNode;
  flag: 'anonymous_id_taken' | 'too_many_ids' | null;
}

/** Two leads, both stored before, that turned out to be one. */
export interface LeadMerge {
  from: LeadNode;
  into: LeadNode;
}

/** Every identity a message names, so that all of them can be looked up at once. */
export function identitiesIn(message: CanonicalMessage): Identity[] {
  const found: Identity[] = [];
  const add = (kind: IdentityKind, value: string | null): void => {
    if (value !== null) found.push({ kind, value });
  };
  add('user', message.userId);
  add('anonymous', message.anonymousId);
  add('user', message.previousId);
  add('anonymous', message.previousId);
  for (const id of [message.userId, message.anonymousId, message.previousId]) add('alias', id);
  add('email', emailIn(message));
  add('email', addressIn(message));
  return found;
}

/** The address that identifies: an identify call's, from a sender we believe. */
export function emailIn(message: CanonicalMessage): string | null {
  return message.type === 'identify' && message.trust === 'server' ? emailOf(message.traits['email']) : null;
}

/** The address that alone says who is meant; null where the message has ids of its own. */
function addressIn({ userId, anonymousId, address }: CanonicalMessage): string | null {
  return userId === null && anonymousId === null ? address : null;
}

/**
 * Most ways in which a lead that others become part of is recognised. A device everybody uses, or an id a broken client
 * gives to all, would make one person of thousands, and each merge scores all their events again.
 */
export const MOST_IDS = 1_000;

function areTooMany(one: LeadNode | null, other: LeadNode | null): boolean {
  return one !== null && other !== null && one !== other && one.idCount + other.idCount > MOST_IDS;
}

/** A lead that is a user by now, and not this one. */
function isAnotherUsers(lead: LeadNode | null, user: LeadNode | null): boolean {
  return lead !== null && lead !== user && lead.userId !== null;
}

/** Why a visitor stays apart from the user who names their id; null: they are one. */
function apartAs(anonymous: LeadNode | null, user: LeadNode | null): Owned['flag'] {
  if (isAnotherUsers(anonymous, user)) return 'anonymous_id_taken';
  return areTooMany(anonymous, user) ? 'too_many_ids' : null;
}

/** Why an alias cannot give the user who was known under the former id; null: it can. */
function apartFromFormer(user: LeadNode | null, formerUser: LeadNode | null, formerAnonymous: LeadNode | null) {
  if (formerUser === null && isAnotherUsers(formerAnonymous, user)) return 'alias_taken';
  const areMany = areTooMany(user, formerUser) || areTooMany(user ?? formerUser, formerAnonymous);
  return areMany ? 'too_many_ids' : null;
}

/**
 * Decides message by message whose it is. Rules: a message with a user id and an anonymous id makes both one lead,
 * unless the anonymous id belongs to another user already (it then stays there). Alias makes previous id and user id
 * one lead, also for messages still to come under the previous id; a previous id is given away once. An e-mail joins
 * two leads while at most one of them has a user id; where both have one, the shared-email rule decides. Nobody becomes one with more than `MOST_IDS`
 * ids.
 */
export class IdentityResolution {
  private readonly nodes = new Map<string, LeadNode>();
  private readonly owners = new Map<string, LeadNode>();
  private readonly added = new Map<string, { identity: Identity; node: LeadNode }>();
  readonly merges: LeadMerge[] = [];

  constructor(
    known: ReadonlyMap<string, string>,
    leads: Iterable<{ id: string; userId: string | null; idCount?: number | undefined }>,
    private readonly newId: () => string,
    private readonly sharedEmail: SharedEmailRule = 'keep-apart',
  ) {
    for (const lead of leads) this.nodes.set(lead.id, new LeadNode(lead.id, false, lead.userId, lead.idCount));
    for (const [key, leadId] of known) {
      const node = this.nodes.get(leadId);
      if (node) this.owners.set(key, node);
    }
  }

  resolve(message: CanonicalMessage): Resolution {
    if (message.leadId !== null) return this.ofLead(message.leadId);
    const address = addressIn(message);
    if (address !== null) return this.ofAddress(address);
    if (message.type === 'alias') return this.alias(message.previousId ?? '', message.userId ?? '');
    const resolution = this.byIds(message.userId, message.anonymousId);
    const email = emailIn(message);
    return email === null ? resolution : { ...resolution, node: this.joinEmail(resolution.node, email) };
  }

  /** Identities found or moved in this group, with the lead each one now belongs to. */
  links(): IdentityLink[] {
    return [...this.added.values()].map(({ identity, node }) => ({ ...identity, leadId: node.living.id }));
  }

  /** Leads born in this group that are still themselves. */
  born(): LeadNode[] {
    return [...this.nodes.values()].filter((node) => node.isNew && node.living === node);
  }

  private ofLead(leadId: string): Resolution {
    const node = this.nodes.get(leadId);
    return node ? { node: node.living, flag: null } : { refusedAs: 'unknown_lead' };
  }

  private ofAddress(address: string): Resolution {
    const node = this.find('email', address);
    return node ? { node, flag: null } : { refusedAs: 'unknown_address' };
  }

  private byIds(userId: string | null, anonymousId: string | null): Owned {
    const anonymous = anonymousId === null ? null : this.findAnybody('anonymous', anonymousId);
    if (userId === null)
      return { node: this.link('anonymous', anonymousId ?? '', anonymous ?? this.bear(null)), flag: null };
    const user = this.findAnybody('user', userId);
    const flag = apartAs(anonymous, user);
    const node = this.link('user', userId, this.unite(user, flag ? null : anonymous) ?? this.bear(userId));
    node.userId ??= userId;
    if (flag) return { node, flag };
    if (anonymousId !== null) this.link('anonymous', anonymousId, node);
    return { node, flag: null };
  }

  private alias(previousId: string, userId: string): Resolution {
    const aliased = this.find('alias', previousId);
    const formerUser = this.find('user', previousId);
    const formerAnonymous = this.find('anonymous', previousId);
    const user = this.findAnybody('user', userId);
    const isGivenAway = aliased !== null && aliased !== user;
    const refusedAs = isGivenAway ? 'alias_taken' : apartFromFormer(user, formerUser, formerAnonymous);
    if (refusedAs !== null) return { refusedAs };
    const node = this.takeOver(user ?? this.adopt(formerUser ?? formerAnonymous, userId), formerUser, formerAnonymous);
    this.link('user', userId, node);
    return { node: previousId === userId ? node : this.link('alias', previousId, node), flag: null };
  }

  /** Whoever was known under the former id becomes part of the lead; not an anonymous one that is somebody else by now. */
  private takeOver(node: LeadNode, formerUser: LeadNode | null, formerAnonymous: LeadNode | null): LeadNode {
    const joined = this.unite(node, formerUser) ?? node;
    const anonymous = formerAnonymous?.living ?? null;
    return isAnotherUsers(anonymous, joined) ? joined : (this.unite(joined, anonymous) ?? joined);
  }

  /** The user is new: the lead known under the former id becomes theirs. */
  private adopt(former: LeadNode | null, userId: string): LeadNode {
    if (!former) return this.bear(userId);
    former.userId = userId;
    return former;
  }

  private joinEmail(node: LeadNode, email: string): LeadNode {
    const owner = this.find('email', email);
    if (owner === null) return this.link('email', email, node);
    if (owner === node || areTooMany(owner, node)) return node;
    const areTwoUsers = owner.userId !== null && node.userId !== null;
    if (areTwoUsers) return this.sharedEmail === 'unite' ? this.merge(node, owner) : node;
    return node.userId === null ? this.merge(node, owner) : this.merge(owner, node);
  }

  private unite(user: LeadNode | null, other: LeadNode | null): LeadNode | null {
    if (user === null || other === null || user === other) return user ?? other;
    return this.merge(other, user);
  }

  /** One stored before absorbs one born just now, so that no stored row has to move. */
  private merge(from: LeadNode, into: LeadNode): LeadNode {
    if (into.isNew && !from.isNew) {
      from.userId = into.userId ?? from.userId;
      into.joinInto(from);
      return from;
    }
    if (!from.isNew) this.merges.push({ from, into });
    from.joinInto(into);
    return into;
  }

  /** By an id of this kind, or by an alias that was given away before the id was seen. */
  private findAnybody(kind: 'user' | 'anonymous', value: string): LeadNode | null {
    return this.find(kind, value) ?? this.find('alias', value);
  }

  private find(kind: IdentityKind, value: string): LeadNode | null {
    return this.owners.get(identityKey({ kind, value }))?.living ?? null;
  }

  private link(kind: IdentityKind, value: string, node: LeadNode): LeadNode {
    const identity = { kind, value };
    const key = identityKey(identity);
    if (this.owners.get(key)?.living === node) return node;
    this.owners.set(key, node);
    node.idCount += 1;
    this.added.set(key, { identity, node });
    return node;
  }

  private bear(userId: string | null): LeadNode {
    const node = new LeadNode(this.newId(), true, userId);
    this.nodes.set(node.id, node);
    return node;
  }
}
