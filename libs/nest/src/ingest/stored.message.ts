import type { EventRow } from '@rekindle/store';
import { messageTypes, type CanonicalMessage } from './canonical.message';
import { recordAt, textAt } from './json.record';

/** A stored event as the message it was, believed as far as it was then. */
export function messageOfRow(row: EventRow): CanonicalMessage {
  const { contentHash, name, userId, anonymousId, at, receivedAt, status, code, payload } = row;
  return {
    messageId: row.messageId ?? row.id,
    contentHash,
    type: messageTypes.find((type) => type === row.type) ?? 'track',
    name,
    userId,
    anonymousId,
    previousId: textAt(payload, 'previousId'),
    groupId: textAt(payload, 'groupId'),
    timestamp: row.timestamp ?? at,
    at,
    receivedAt,
    isScored: status === 'scored',
    code,
    properties: recordAt(payload, 'properties'),
    traits: recordAt(payload, 'traits'),
    context: recordAt(payload, 'context'),
    trust: payload['trust'] === 'browser' ? 'browser' : 'server',
    leadId: null,
    address: null,
    act: null,
    importId: null,
  };
}
