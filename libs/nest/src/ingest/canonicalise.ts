import { hash } from 'node:crypto';
import {
  messageTypes,
  type Canonical,
  type CanonicalMessage,
  type IngestOptions,
  type ItemNote,
  type MessageType,
} from './canonical.message';
import { inspectContent } from './content.inspection';
import { emailOf, MOST_ID_LENGTH, readId } from './identifier.rules';
import { instantsOf } from './instant.rules';
import { isRecord } from './json.record';
import { isReservedForServers } from './reserved.events';
import { trackedAct } from './tracked.act';

const MOST_EVENT_LENGTH = 64 * 1024;
const EXCERPT_LENGTH = 2_000;
const MOST_EXCERPT_KEYS = 300;
const MOST_NAME_LENGTH = 255;

type Fields = Record<string, unknown>;
type Draft = Omit<CanonicalMessage, 'messageId' | 'contentHash' | 'timestamp' | 'at' | 'isScored' | 'code'>;

/** Carries the reason out of the depth of reading; never leaves this file. */
class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

function refuse(code: string): never {
  throw new Refusal(code);
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 32);
}

function fieldsAt(item: Fields, key: string): Fields {
  const value = item[key];
  if (value === undefined || value === null) return {};
  return isRecord(value) ? value : refuse(`invalid_${key}`);
}

function idAt(item: Fields, key: string): string | null {
  const reading = readId(item[key]);
  return 'code' in reading ? refuse(reading.code) : reading.id;
}

function nameAt(item: Fields, key: string): string | null {
  const value = item[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value.length > MOST_NAME_LENGTH) return refuse(`invalid_${key}`);
  return value.trim() === '' ? null : value.trim();
}

function typeOf(item: Fields, fallback: MessageType | undefined): MessageType {
  const given = fallback ?? item['type'];
  return messageTypes.find((type) => type === given) ?? refuse('unknown_type');
}

function contextOf(item: Fields, options: IngestOptions): Fields {
  const own = fieldsAt(item, 'context');
  return isRecord(options.context) ? { ...options.context, ...own } : own;
}

function propertiesOf(item: Fields): Fields {
  const properties = fieldsAt(item, 'properties');
  const category = nameAt(item, 'category');
  return category === null || 'category' in properties ? properties : { ...properties, category };
}

/** Some browser clients put the traits of an identify call into the context alone. */
function traitsOf(item: Fields, type: MessageType, context: Fields): Fields {
  const traits = fieldsAt(item, 'traits');
  if (type !== 'identify' || Object.keys(traits).length > 0) return traits;
  return isRecord(context['traits']) ? context['traits'] : traits;
}

function draftOf(item: Fields, options: IngestOptions, note: ItemNote): Draft {
  const type = typeOf(item, options.type);
  const context = contextOf(item, options);
  return {
    type,
    name: nameAt(item, type === 'track' ? 'event' : 'name'),
    userId: idAt(item, 'userId'),
    anonymousId: idAt(item, 'anonymousId'),
    previousId: idAt(item, 'previousId'),
    groupId: idAt(item, 'groupId'),
    properties: propertiesOf(item),
    traits: traitsOf(item, type, context),
    context,
    receivedAt: options.receivedAt,
    trust: options.trust,
    leadId: note.leadId ?? options.leadId ?? null,
    address: emailOf(note.address),
    importId: options.importId ?? null,
    act: note.act ?? null,
  };
}

const needsOf: Record<MessageType, (draft: Draft) => string | null> = {
  track: (draft) => (draft.name === null ? 'missing_event' : null),
  identify: () => null,
  page: () => null,
  screen: () => null,
  group: (draft) => (draft.groupId === null ? 'missing_group_id' : null),
  alias: (draft) =>
    draft.previousId === null ? 'missing_previous_id' : draft.userId === null ? 'missing_user_id' : null,
};

/** An imported account speaks of nobody. */
function isAboutAccount({ type, importId }: Draft): boolean {
  return type === 'group' && importId !== null;
}

function isAboutSomebody({ leadId, address, userId, anonymousId }: Draft): boolean {
  return leadId !== null || address !== null || userId !== null || anonymousId !== null;
}

function refuseIncomplete(draft: Draft): void {
  if (!isAboutSomebody(draft) && !isAboutAccount(draft)) refuse('no_user_anon_id');
  const need = needsOf[draft.type](draft);
  if (need !== null) refuse(need);
  if (draft.trust === 'browser' && isReservedForServers(draft.name)) refuse('reserved_event');
}

function textOf(value: unknown): string {
  const inspection = inspectContent(value);
  return 'code' in inspection ? refuse(inspection.code) : inspection.text;
}

function contentOf(draft: Draft, time: unknown): string {
  const { type, name, userId, anonymousId, previousId, groupId, properties, traits, context } = draft;
  const text = textOf([type, name, userId, anonymousId, previousId, groupId, properties, traits, context, time]);
  return text.length > MOST_EVENT_LENGTH ? refuse('event_too_large') : text;
}

function timeOf(item: Fields): unknown {
  return item['timestamp'] ?? item['originalTimestamp'] ?? null;
}

/** So that a second delivery is known again; without a time two acts are told apart by their receipt. */
function derivedId(item: Fields, content: string, receivedAt: number): string {
  return `rk-${digest(timeOf(item) === null ? `${content}@${receivedAt}` : content)}`;
}

function messageIdOf(item: Fields, content: string, receivedAt: number): string {
  const given = item['messageId'] ?? '';
  if (given === '') return derivedId(item, content, receivedAt);
  const id = Number.isSafeInteger(given) ? String(given) : given;
  if (typeof id !== 'string' || id.trim() === '') return refuse('invalid_message_id');
  if (id.length > MOST_ID_LENGTH) return refuse('message_id_too_long');
  textOf(id);
  return id;
}

/** Who opened a mail is asked of what its event says; from which address is not kept. */
function withTraces(message: CanonicalMessage): CanonicalMessage {
  const act = message.act ?? trackedAct(message);
  if (act === null) return message;
  const { ip: _ip, ...context } = message.context;
  return Object.assign(message, { act, context });
}

function accept(item: Fields, options: IngestOptions, note: ItemNote): CanonicalMessage {
  if (note.refusedAs !== undefined) return refuse(note.refusedAs);
  const draft = draftOf(item, options, note);
  const content = contentOf(draft, timeOf(item));
  refuseIncomplete(draft);
  const { timestamp, originalTimestamp, sentAt = options.sentAt } = item;
  const instants = instantsOf({ timestamp, originalTimestamp, sentAt }, options.receivedAt);
  if (!instants) return refuse('invalid_timestamp');
  const messageId = messageIdOf(item, content, options.receivedAt);
  const message = withTraces(Object.assign(draft, instants, { messageId, contentHash: digest(content) }));
  return note.isScored === false ? { ...message, isScored: false, code: message.code ?? 'not_an_act' } : message;
}

/** The rejection of an item that was acceptable in itself. */
export function rejected({ message }: Canonical, code: string): Canonical {
  const { messageId, contentHash, receivedAt } = message;
  const excerpt = excerptOf({ ...message, context: undefined });
  return { isRejected: true, message: { messageId, contentHash, code, receivedAt, excerpt } };
}

/** Wide objects would take longer to write out than all the rest of an item. */
function narrowed(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  return keys.length <= MOST_EXCERPT_KEYS ? value : keys.slice(0, MOST_EXCERPT_KEYS);
}

/** What was sent, shortened, without anything a database refuses. */
function excerptOf(item: unknown): string {
  try {
    const text = JSON.stringify(item, narrowed) ?? 'null';
    return text.slice(0, EXCERPT_LENGTH).replace(/[\ud800-\udfff]/gu, '\ufffd');
  } catch {
    return '(not JSON)';
  }
}

function reject(item: unknown, code: string, receivedAt: number): Canonical {
  const excerpt = excerptOf(item);
  const given = isRecord(item) ? item['messageId'] : undefined;
  const isUsable = typeof given === 'string' && given.trim() !== '' && given.length <= MOST_ID_LENGTH;
  const contentHash = digest(excerpt);
  const messageId = isUsable && 'text' in inspectContent(given) ? given : `rk-${contentHash}`;
  return { isRejected: true, message: { messageId, contentHash, code, receivedAt, excerpt } };
}

/**
 * Turns one item of a request into a message every layer below can trust, or into a rejection with its code.
 * Total: whatever the item is, it answers and does not throw.
 */
export function canonicalise(item: unknown, options: IngestOptions, note: ItemNote = {}): Canonical {
  if (!isRecord(item)) return reject(item, note.refusedAs ?? 'not_an_object', options.receivedAt);
  try {
    return { isRejected: false, message: accept(item, options, note) };
  } catch (error) {
    if (error instanceof Refusal) return reject(item, error.code, options.receivedAt);
    throw error;
  }
}
