import { newId, type EventRow, type ImportEventRow } from '@rekindle/store';
import type { CanonicalMessage } from './canonical.message';
import type { CompanyMessage, IngestGroup, OwnedMessage, RefusedMessage } from './ingest.group';

function payloadOf(message: CanonicalMessage): Record<string, unknown> {
  const { type, context, properties, traits, previousId, groupId, trust, act } = message;
  return {
    context,
    ...(type === 'identify' || type === 'group' ? { traits } : { properties }),
    ...(previousId === null ? {} : { previousId }),
    ...(groupId === null ? {} : { groupId }),
    ...(trust === 'server' ? {} : { trust }),
    ...(act === null ? {} : { act }),
  };
}

interface Belonging {
  leadId: string | null;
  accountId: string | null;
  code: string | null;
  signal: string | null;
}

function storedRow(message: CanonicalMessage, belonging: Belonging, now: number): EventRow {
  const { messageId, contentHash, type, name, at, timestamp, receivedAt, userId, anonymousId } = message;
  const status = message.isScored && belonging.leadId !== null ? 'scored' : 'unscored';
  const about = { type, name, userId, anonymousId, payload: payloadOf(message), mailKey: message.act?.mailKey ?? null };
  const sent = { messageId, contentHash, at, timestamp, receivedAt };
  return { id: newId(now), ...sent, status, ...belonging, ...about };
}

function ownedRow({ message, node, code, accountId }: OwnedMessage, signal: string | null, now: number): EventRow {
  return storedRow(message, { leadId: node.living.id, accountId, code, signal }, now);
}

function companyRow({ message, accountId }: CompanyMessage, now: number): EventRow {
  return storedRow(message, { leadId: null, accountId, code: message.code, signal: null }, now);
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
    mailKey: null,
  };
}

/** Every row a group adds to the events, accepted and rejected, in the order they came. */
export function eventRows(
  group: IngestGroup,
  signalOf: (messageId: string, leadId: string) => string | null,
): EventRow[] {
  return [
    ...group.owned.map((owned) => ownedRow(owned, signalOf(owned.message.messageId, owned.node.living.id), group.now)),
    ...group.companies.map((company) => companyRow(company, group.now)),
    ...group.refused.map((refused) => rejectedRow(refused, group.now)),
  ];
}

/** Which of these rows an import brought. */
export function broughtRows(group: IngestGroup, rows: readonly EventRow[]): ImportEventRow[] {
  const importOf = new Map<string, string>();
  for (const { message } of [...group.owned, ...group.companies]) {
    if (message.importId !== null) importOf.set(message.messageId, message.importId);
  }
  if (importOf.size === 0) return [];
  return rows.flatMap(({ id: eventId, messageId }) => {
    const importId = importOf.get(messageId ?? '');
    return importId === undefined ? [] : [{ importId, eventId }];
  });
}
