import type { ActVerdict, MailTrace } from '@rekindle/plugins';
import type { ScoringEvent } from '@rekindle/scoring';

export const messageTypes = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export type MessageType = (typeof messageTypes)[number];

/** How far the sender is believed: anyone can send with a browser's key. */
export type Trust = 'server' | 'browser';

/** The traces of an open or click; its instant is the event's. */
export interface MailActNote extends Omit<MailTrace, 'at'> {
  /** Tells one mail of a lead from another. */
  mailKey: string;
}

/** What is known of one item beside the item itself; of our own making alone, as nothing of it is checked. */
export interface ItemNote {
  /** The lead it belongs to, whatever ids it carries. */
  leadId?: string | null;
  /** An address that a lead is known by, for items without ids. */
  address?: string | null;
  /** False for what was no act of the lead: kept, never scored. */
  isScored?: boolean;
  /** Why it cannot be taken: it is kept with this reason. */
  refusedAs?: string;
  /** For opens and clicks: who did it is asked of its traces. */
  act?: MailActNote | null;
}

/** What holds for all items of one call. */
export interface IngestOptions {
  /** Epoch ms, of the server. */
  receivedAt: number;
  /** As the batch says it; an item's own wins. */
  sentAt?: unknown;
  /** Type of items that name none. */
  type?: MessageType;
  /** Context that every item shares; an item's own keys win. */
  context?: unknown;
  /** Where the items come from: `http`, `link`, `demo`, the name of an importer. */
  source: string;
  trust: Trust;
  /** Of our own making alone (links in our mail): the lead the items belong to, whatever ids they carry. */
  leadId?: string;
  /** One for each item, in their order. */
  notes?: readonly ItemNote[];
  /** The import that brings the items; they are remembered as its own, to be withdrawn together. */
  importId?: string;
}

/** A message every layer below can trust. Instants are epoch ms. */
export interface CanonicalMessage {
  messageId: string;
  contentHash: string;
  type: MessageType;
  /** The event of a track call, the name of a page or screen. */
  name: string | null;
  userId: string | null;
  anonymousId: string | null;
  previousId: string | null;
  groupId: string | null;
  timestamp: number;
  at: number;
  receivedAt: number;
  isScored: boolean;
  /** A flag that an accepted message carries, or null. */
  code: string | null;
  properties: Record<string, unknown>;
  traits: Record<string, unknown>;
  context: Record<string, unknown>;
  trust: Trust;
  leadId: string | null;
  /** By which the lead is found, where the message itself names nobody. */
  address: string | null;
  importId: string | null;
  /** With the verdict, once there is one. */
  act: (MailActNote & Partial<ActVerdict>) | null;
}

/** An item that is kept with its reason and counts for nothing. */
export interface RejectedMessage {
  messageId: string;
  contentHash: string;
  code: string;
  receivedAt: number;
  /** At most 2,000 characters of what was sent. */
  excerpt: string;
}

export type Canonical =
  { isRejected: false; message: CanonicalMessage } | { isRejected: true; message: RejectedMessage };

/** The message as scoring sees it. */
export function scoringEventOf(message: CanonicalMessage): ScoringEvent {
  return {
    messageId: message.messageId,
    type: message.type,
    name: message.name,
    at: message.at,
    properties: message.properties,
    context: message.context,
  };
}
