import { newId, type EventRow } from '@rekindle/store';
import type { CanonicalMessage } from './canonical.message';
import type { IngestGroup, OwnedMessage, RefusedMessage } from './ingest.group';

function payloadOf(message: CanonicalMessage): Record<string, unknown> {
  const { type, context, properties, traits, previousId, groupId, act } = message;
  return {
    context,
    ...(type === 'identify' || type === 'group' ? { traits } : { properties }),
    ...(previousId === null ? {} : { previousId }),
    ...(groupId === null ? {} : { groupId }),
    ...(act === null ? {} : { act }),
  };
}

function storedRow(owned: OwnedMessage, signal: string | null, now: number): EventRow {
  const { message, node, code, accountId } = owned;
  const { messageId, contentHash, type, name, at, timestamp, receivedAt, userId, anonymousId } = message;
  const leadId = node.living.id;
  const status = message.isScored ? 'scored' : 'unscored';
  const about = { type, name, userId, anonymousId, payload: payloadOf(message) };
  return {
    id: newId(now),
    messageId,
    contentHash,
    leadId,
    accountId,
    at,
    timestamp,
    receivedAt,
    status,
    code,
    signal,
    ...about,
  };
}

function rejectedRow({ message }: RefusedMessage, now: number): EventRow {
  const { messageId, contentHash, receivedAt, code, excerpt } = message;
  const unknown = {
    leadId: null,
    accountId: null,
    type: null,
    name: null,
    signal: null,
    userId: null,
    anonymousId: null,
  };
  const when = { at: receivedAt, timestamp: null, receivedAt };
  return {
    id: newId(now),
    messageId,
    contentHash,
    ...unknown,
    ...when,
    status: 'rejected',
    code,
    payload: { excerpt },
  };
}

/** Every row a group adds to the events, accepted and rejected, in the order they came. */
export function eventRows(
  group: IngestGroup,
  signalOf: (messageId: string, leadId: string) => string | null,
): EventRow[] {
  return [
    ...group.owned.map((owned) => storedRow(owned, signalOf(owned.message.messageId, owned.node.living.id), group.now)),
    ...group.refused.map((refused) => rejectedRow(refused, group.now)),
  ];
}
