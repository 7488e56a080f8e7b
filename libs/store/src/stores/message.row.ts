import { defineTable } from '../tables/table';

/** `planned → queued → leased → handing_over → sent | rejected | uncertain`, or `skipped` before the hand-over. */
export type MessageState =
  'planned' | 'queued' | 'leased' | 'handing_over' | 'sent' | 'rejected' | 'uncertain' | 'skipped';

/** What a message is for. */
export type MessageKind = 'sequence' | 'alert';

/** A mail whose content is frozen. (enrolment, step) and (alert) are unique. Instants are epoch ms. */
export interface MessageInsert {
  id: string;
  kind: MessageKind;
  leadId: string | null;
  enrolmentId: string | null;
  step: number | null;
  alertId: string | null;
  template: string;
  toAddress: string;
  /** Keyed hash of the address, as in the suppressions. */
  addressHash: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  messageIdHeader: string;
  state: 'planned' | 'queued';
  /** Not before this instant. */
  nextAttemptAt: number;
  createdAt: number;
}

/** A message and what became of it. */
export interface MessageRow extends Omit<MessageInsert, 'state'> {
  state: MessageState;
  /** Why it was rejected, skipped, put back or is uncertain. */
  reason: string | null;
  /** True when no SMTP server is configured and the mail was only caught. */
  isCaught: boolean;
  fence: number;
  leaseUntil: number | null;
  attempts: number;
  updatedAt: number;
  sentAt: number | null;
}

/** A claimed message. Only the holder of `fence` may move it on. */
export interface MessageLease extends MessageRow {
  workspaceId: string;
}

/** The part of a lease that moves need. */
export type MessageClaim = Pick<MessageLease, 'workspaceId' | 'id' | 'fence'>;

/** A message with the names a list shows, without its content. */
export interface MessageListItem extends Omit<MessageRow, 'html' | 'text' | 'headers'> {
  leadName: string | null;
  sequenceKey: string | null;
}

/** A message with the names a list shows and its content. */
export interface MessageDetail extends MessageRow {
  leadName: string | null;
  sequenceKey: string | null;
}

/** A mail that has a Message-ID, and whom it went to. */
export interface MailedMessage {
  id: string;
  leadId: string | null;
  toAddress: string;
  messageIdHeader: string;
  state: MessageState;
  sentAt: number | null;
}

/** Which messages; filters combine with "and". */
export interface MessageFilter {
  leadId?: string | undefined;
  state?: MessageState | undefined;
}

/**
 * Why a hand-over may not start. `lost_lease`: somebody else holds the message or its time is up, leave it alone;
 * otherwise the message has been skipped with this reason.
 */
export type HandOverRefusal = 'lost_lease' | 'suppressed' | 'enrolment_ended';

/** May the bytes leave? */
export type HandOver = { isAllowed: true } | { isAllowed: false; reason: HandOverRefusal };

const intent = {
  id: 'text',
  kind: 'text',
  leadId: 'text',
  enrolmentId: 'text',
  step: 'integer',
  alertId: 'text',
  template: 'text',
  toAddress: 'text',
  addressHash: 'text',
  subject: 'text',
  messageIdHeader: 'text',
  state: 'text',
  nextAttemptAt: 'integer',
  createdAt: 'integer',
} as const;
const content = { html: 'text', text: 'text', headers: 'json' } as const;
const progress = {
  reason: 'text',
  isCaught: 'flag',
  fence: 'integer',
  leaseUntil: 'integer',
  attempts: 'integer',
  updatedAt: 'integer',
  sentAt: 'integer',
} as const;

export const messageInserts = defineTable<MessageInsert & { updatedAt: number }>('ls_messages', {
  ...intent,
  ...content,
  updatedAt: 'integer',
});
export const messages = defineTable<MessageRow>('ls_messages', { ...intent, ...content, ...progress });
export const messageHeads = defineTable<Omit<MessageRow, 'html' | 'text' | 'headers'>>('ls_messages', {
  ...intent,
  ...progress,
});
