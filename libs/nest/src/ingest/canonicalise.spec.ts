import type { CanonicalMessage, IngestOptions } from './canonical.message';
import { canonicalise } from './canonicalise';

const DAY = 86_400_000;
const NOW = Date.UTC(2025, 5, 2, 9);
const options: IngestOptions = { receivedAt: NOW, source: 'test', trust: 'server' };
const base = { type: 'track', event: 'Email Opened', userId: 'ann', messageId: 'm1' };
const iso = (instant: number): string => new Date(instant).toISOString();
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
const wide = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));

function codeOf(item: unknown, more: Partial<IngestOptions> = {}): string | null {
  return canonicalise(item, { ...options, ...more }).message.code;
}

function accepted(item: unknown, more: Partial<IngestOptions> = {}): CanonicalMessage {
  const canonical = canonicalise(item, { ...options, ...more });
  if (canonical.isRejected) throw new Error(`rejected: ${canonical.message.code}`);
  return canonical.message;
}

describe('one item made canonical', () => {
  it.each<[string, unknown, string]>([
    ['not an object', [1], 'not_an_object'],
    ['null', null, 'not_an_object'],
    ['an unknown type', { ...base, type: 'delete' }, 'unknown_type'],
    ['no type', { ...base, type: undefined }, 'unknown_type'],
    ['a track call without an event', { ...base, event: ' ' }, 'missing_event'],
    ['an event that is no text', { ...base, event: 7 }, 'invalid_event'],
    ['nobody', { ...base, userId: null }, 'no_user_anon_id'],
    ['an empty id alone', { ...base, userId: '  ' }, 'no_user_anon_id'],
    ['a boolean id', { ...base, userId: true }, 'invalid_id'],
    ['an id in a list', { ...base, userId: ['ann'] }, 'invalid_id'],
    ['a number JavaScript cannot hold', { ...base, userId: 2 ** 53 }, 'invalid_id'],
    ['the id "null"', { ...base, userId: 'null' }, 'junk_id'],
    ['the id "0"', { ...base, anonymousId: '0' }, 'junk_id'],
    ['the id 0', { ...base, userId: 0 }, 'junk_id'],
    ['the id "undefined"', { ...base, userId: 'Undefined' }, 'junk_id'],
    ['the id "[object Object]"', { ...base, userId: '[object Object]' }, 'junk_id'],
    ['an id of 256 characters', { ...base, userId: 'x'.repeat(256) }, 'id_too_long'],
    ['a message id of 256 characters', { ...base, messageId: 'x'.repeat(256) }, 'message_id_too_long'],
    ['a message id that is no text', { ...base, messageId: {} }, 'invalid_message_id'],
    ['NUL in a value', { ...base, properties: { a: 'b\0' } }, 'invalid_character'],
    ['NUL in a key', { ...base, properties: { 'b\0': 1 } }, 'invalid_character'],
    ['NUL in the message id', { ...base, messageId: 'a\0' }, 'invalid_character'],
    ['a lone surrogate', { ...base, properties: { a: '\ud800' } }, 'invalid_character'],
    ['256 properties', { ...base, properties: wide(256) }, 'too_many_properties'],
    ['a key of 129 characters', { ...base, properties: { ['k'.repeat(129)]: 1 } }, 'key_too_long'],
    ['a text of more than 32 KB', { ...base, properties: { a: 'x'.repeat(32_769) } }, 'string_too_long'],
    [
      'an event of more than 64 KB',
      { ...base, properties: { a: 'x'.repeat(32_000), b: 'x'.repeat(32_000), c: 'x'.repeat(3_000) } },
      'event_too_large',
    ],
    ['a number that is not finite', { ...base, properties: { a: Number.POSITIVE_INFINITY } }, 'non_finite_number'],
    ['a key __proto__', { ...base, properties: JSON.parse('{"__proto__":{"a":1}}') }, 'forbidden_key'],
    ['a key constructor, deep down', { ...base, context: { a: [{ constructor: 1 }] } }, 'forbidden_key'],
    [
      'a key __proto__ in traits',
      { ...base, type: 'identify', traits: JSON.parse('{"a":{"__proto__":1}}') },
      'forbidden_key',
    ],
    ['properties that are a list', { ...base, properties: [] }, 'invalid_properties'],
    ['traits that are a text', { ...base, traits: 'x' }, 'invalid_traits'],
    ['context that is a number', { ...base, context: 1 }, 'invalid_context'],
    ['a group call without a group', { ...base, type: 'group' }, 'missing_group_id'],
    ['an alias without the former id', { ...base, type: 'alias' }, 'missing_previous_id'],
    [
      'an alias without the user',
      { ...base, type: 'alias', userId: null, anonymousId: 'a', previousId: 'b' },
      'missing_user_id',
    ],
    ['nesting deeper than allowed', { ...base, properties: nested(30) }, 'too_deep'],
    ['a time in words', { ...base, timestamp: 'yesterday' }, 'invalid_timestamp'],
    ['a time with a fraction of a millisecond', { ...base, timestamp: 0.5 }, 'invalid_timestamp'],
    ['the 31st of February', { ...base, timestamp: '2025-02-31T00:00:00Z' }, 'invalid_timestamp'],
    ['a week date', { ...base, timestamp: '2025-W10-1' }, 'invalid_timestamp'],
    ['a leap second', { ...base, timestamp: '2016-12-31T23:59:60Z' }, 'invalid_timestamp'],
    ['milliseconds in a text', { ...base, timestamp: String(NOW) }, 'invalid_timestamp'],
  ])('refuses %s', (_, item, code) => {
    expect(canonicalise(item, options)).toMatchObject({ isRejected: true, message: { code } });
  });

  it.each<[string, unknown, number, string | null]>([
    ['no time: the moment of receipt', undefined, NOW, null],
    ['null: the moment of receipt', null, NOW, null],
    ['an instant with a zone', '2025-06-01T10:00:00+02:00', Date.UTC(2025, 5, 1, 8), null],
    ['fourteen hours east', '2025-06-01T14:00:00+14:00', Date.UTC(2025, 5, 1), null],
    ['no zone: UTC', '2025-06-01T10:00:00', Date.UTC(2025, 5, 1, 10), null],
    ['a day', '2025-06-01', Date.UTC(2025, 5, 1), null],
    ['one digit for the month', '2015-2-02', Date.UTC(2015, 1, 2), null],
    ['24:00', '2025-06-01T24:00:00Z', Date.UTC(2025, 5, 2), null],
    ['nanoseconds', '2025-06-01T00:00:00.123456789Z', Date.UTC(2025, 5, 1) + 123, null],
    ['milliseconds', NOW - DAY, NOW - DAY, null],
    ['the year 2000', '2000-01-01T00:00:00Z', Date.UTC(2000, 0, 1), null],
    ['1970', 0, 0, 'timestamp_out_of_range'],
    ['before 1970', -1, -1, 'timestamp_out_of_range'],
    ['seconds, which are in 1970', NOW / 1_000, NOW / 1_000, 'timestamp_out_of_range'],
    ['the year 1', '0001-01-01T00:00:00Z', Date.parse('0001-01-01T00:00:00Z'), 'timestamp_out_of_range'],
    ['a second ahead', iso(NOW + 1_000), NOW + 1_000, null],
    ['24 hours ahead', iso(NOW + DAY), NOW + DAY, null],
    ['more than 24 hours ahead', iso(NOW + DAY + 1), NOW, 'clock_adjusted'],
    ['the year 9999', '9999-12-31T23:59:59Z', NOW, 'clock_adjusted'],
    ['microseconds', NOW * 1_000, NOW, 'clock_adjusted'],
  ])('reads %s', (_, timestamp, expected, code) => {
    const message = accepted({ ...base, timestamp });
    expect([message.timestamp, message.code]).toEqual([expected, code]);
    expect(message.at).toBe(Math.min(expected, NOW));
    expect(message.isScored).toBe(code !== 'timestamp_out_of_range');
  });

  it('takes the traits of an identify call from its context where a browser client put them there alone', () => {
    const context = { traits: { email: 'ann@acme.example' } };
    expect(accepted({ ...base, type: 'identify', context }).traits).toEqual(context.traits);
    expect(accepted({ ...base, type: 'identify', traits: { plan: 'pro' }, context }).traits).toEqual({ plan: 'pro' });
    expect(accepted({ ...base, type: 'group', groupId: 'acme', context }).traits).toEqual({});
    expect(accepted({ ...base, type: 'identify', context: { traits: 'x' } }).traits).toEqual({});
  });

  it('corrects the clock of a sender who says when the batch was sent', () => {
    const [timestamp, sentAt] = [iso(NOW - DAY - 5_000), iso(NOW - DAY)];
    expect(accepted({ ...base, timestamp }, { sentAt }).timestamp).toBe(NOW - 5_000);
    expect(accepted({ ...base, originalTimestamp: timestamp, sentAt }).timestamp).toBe(NOW - 5_000);
  });

  it.each([iso(0), 'soon', null, 42])('believes no sentAt that is nonsense: %s', (sentAt) => {
    expect(accepted({ ...base, timestamp: iso(NOW - DAY) }, { sentAt }).timestamp).toBe(NOW - DAY);
  });

  it('takes whole numbers as ids and trims texts', () => {
    expect(accepted({ ...base, userId: 42, anonymousId: ' a ' })).toMatchObject({ userId: '42', anonymousId: 'a' });
  });

  it('takes objects that lie about what they are', () => {
    const properties = { toString: 1, toJSON: 1, length: 1e9, then: 1, hasOwnProperty: null };
    expect(accepted({ ...base, properties }).properties).toEqual(properties);
  });

  it('derives the same message id for the same content and another one for other content', () => {
    const item = { ...base, messageId: undefined, timestamp: iso(NOW) };
    const first = accepted(item).messageId;
    expect(first).toMatch(/^rk-[\w-]{32}$/);
    expect(accepted({ ...item }, { receivedAt: NOW + DAY }).messageId).toBe(first);
    expect(accepted({ ...item, event: 'Other' }).messageId).not.toBe(first);
  });

  it('tells two acts without id and time apart by when they were received', () => {
    const item = { ...base, messageId: undefined };
    expect(accepted(item).messageId).not.toBe(accepted(item, { receivedAt: NOW + 1 }).messageId);
  });

  it('gives a rejected item an id, its own where that is usable', () => {
    expect(canonicalise({ messageId: 'm7' }, options).message.messageId).toBe('m7');
    expect(canonicalise({ messageId: 'm\0' }, options).message.messageId).toMatch(/^rk-/);
    expect(canonicalise(undefined, options).message.messageId).toMatch(/^rk-/);
  });

  it('adds the context of the batch to that of the item', () => {
    const message = accepted({ ...base, context: { ip: '1' } }, { context: { ip: '0', groupId: 'acme' } });
    expect(message.context).toEqual({ ip: '1', groupId: 'acme' });
  });

  it('lets nobody but a server say what a mail system says', () => {
    const item = { ...base, event: 'email UNSUBSCRIBED' };
    expect(codeOf(item)).toBeNull();
    expect(codeOf(item, { trust: 'browser' })).toBe('reserved_event');
  });

  it('answers for every item whatever it is', () => {
    const circular: Record<string, unknown> = { ...base };
    circular['properties'] = circular;
    for (const item of [
      circular,
      1n,
      Symbol('x'),
      () => 1,
      new Date(Number.NaN),
      new Map(),
      { ...base, properties: { a: 1n } },
    ]) {
      expect(typeof canonicalise(item, options).isRejected).toBe('boolean');
    }
  });
});
