import { refusal } from './item.reading';
import { EVENT_BYTES, noSettings, type SourceDefinition, type SourceItem } from './source.definition';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `email` names a lead that is known by it, for senders that know no user id. */
function itemOf(raw: unknown, deliveryId: string | null, index: number): SourceItem {
  if (!isRecord(raw)) return refusal('not_an_object', raw);
  const { email, ...item } = raw;
  const hasId = item['messageId'] !== undefined || deliveryId === null;
  return {
    item: hasId ? item : { ...item, messageId: `${deliveryId}-${index}` },
    isScored: true,
    address: typeof email === 'string' ? email : null,
    mailMessageId: null,
    suppression: null,
    trace: null,
  };
}

/** Calls of the tracking API from any system that signs in the manner of Standard Webhooks: one, or a `batch`. */
export const webhook: SourceDefinition = {
  key: 'webhook',
  label: 'Signed webhook',
  setUp:
    'Sign each call as Standard Webhooks do (headers webhook-id, webhook-timestamp, webhook-signature) with the secret ' +
    'shown once the source is made. The body is a call of the tracking API or a batch of them; “email” names a known lead.',
  verification: 'standard-webhooks',
  settings: noSettings,
  mostBytes: EVENT_BYTES,
  parse: ({ json, id }) => {
    const items: readonly unknown[] = isRecord(json) && Array.isArray(json['batch']) ? json['batch'] : [json];
    return items.map((raw, index) => itemOf(raw, id, index));
  },
};
