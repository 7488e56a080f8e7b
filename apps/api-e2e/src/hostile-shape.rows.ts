import { newMessageId, refused, request, story, taken, type HostileRow } from './hostile.rows';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const keys = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));
const items = (count: number): string =>
  `{"batch":[${Array.from({ length: count }, () => '{"type":"track","event":"x","userId":"many"}').join(',')}]}`;
const kept = (no: number, name: string, properties: Record<string, unknown>): HostileRow =>
  taken(no, name, { properties }, { stored: { properties } });

const syntaxErrors = [
  '{',
  '}',
  '{"a":1,}',
  '{"batch":[1,]}',
  '{"a":NaN}',
  '{"a":Infinity}',
  "{'a':1}",
  '{a:1}',
  '{"a":1}//',
  '/**/{"a":1}',
  '{"a":01}',
  '{"a":0x1}',
  '{"a":+1}',
  '{"a":"\n"}',
  '{"a":"\\x"}',
  '{"a":"\\u12"}',
  '{"a":1}{"b":2}',
  '{"a":undefined}',
];

const lies: Record<string, unknown>[] = [
  { toString: 1 },
  { toJSON: 1 },
  { valueOf: null },
  { length: 1e9 },
  { then: 1 },
  { toHTML: 1 },
  { hasOwnProperty: 1 },
  { inspect: 'x' },
];

/** Category B: the shape of JSON. */
export const shapeRows: readonly HostileRow[] = [
  ...syntaxErrors.map((body) => request(21, JSON.stringify(body), { body }, [400, 'invalid_json'])),
  ...['[]', '"x"', 'null', '1', 'true', '', '   '].map((body) =>
    request(22, `${JSON.stringify(body)} at the top`, { body }, [400, 'invalid_json']),
  ),
  request(22, 'a batch that is no list', { body: '{"batch":{"length":1}}' }, [400, 'invalid_batch']),
  ...[20, 21, 1_000, 80_000, 1_000_000].map((depth) =>
    request(23, `${depth} levels`, { body: `{"batch":${nested(depth)}}` }, [400, 'too_deep']),
  ),
  request(23, '80,000 levels that never close', { body: '{"a":'.repeat(80_000) }, [400, 'too_deep']),
  ...[256, 10_000, 100_000].map((count) =>
    refused(24, `${count} keys`, { properties: keys(count) }, 'too_many_properties'),
  ),
  taken(24, '255 keys', { properties: keys(255) }),
  taken(25, 'a key twice: the last one wins', '"userId":"one","userId":"two"', { stored: { userId: 'two' } }),
  taken(25, 'a property twice: the last one wins', '"properties":{"a":1,"a":2}', { stored: { properties: { a: 2 } } }),
  ...[
    '"properties":{"__proto__":{"isAdmin":true}}',
    '"traits":{"a":{"b":{"__proto__":{"x":1}}}}',
    '"context":{"constructor":{"prototype":{"x":1}}}',
    '"properties":{"a":[{"prototype":1}]}',
  ].map((fields) => refused(26, fields, fields, 'forbidden_key')),
  story(26, 'prototype keys in the query of the tracking API are nobody’s', async (world) => {
    const item = { type: 'track', event: 'x', userId: 'query', messageId: newMessageId() };
    const response = await world.post('/v1/batch?a[__proto__][b]=1&__proto__=2', { batch: [item] });
    expect([response.status, ({} as Record<string, unknown>)['b']]).toEqual([200, undefined]);
  }),
  kept(27, 'keys with meanings elsewhere', {
    '': 1,
    toString: 2,
    hasOwnProperty: 3,
    length: 4,
    then: 5,
    'a.b': 6,
    $ne: 7,
  }),
  refused(27, 'a key of 10 KB', { properties: { ['k'.repeat(10_240)]: 1 } }, 'key_too_long'),
  ...['1e400', '-1e400'].map((number) => refused(28, number, `"properties":{"n":${number}}`, 'non_finite_number')),
  taken(28, '-0', '"properties":{"n":-0}', { stored: { properties: { n: 0 } } }),
  taken(28, 'one more than is exact', '"properties":{"n":9007199254740993}'),
  kept(28, 'a sum that is none', { n: 0.1 + 0.2 }),
  taken(28, 'too little for a number', '"properties":{"n":1e-400}', { stored: { properties: { n: 0 } } }),
  refused(28, 'an id of 20 digits as a number', '"userId":12345678901234567890', 'invalid_id'),
  taken(28, 'an id of 20 digits', { userId: '12345678901234567890' }, { stored: { userId: '12345678901234567890' } }),
  ...(
    [
      ['userId', true, 'invalid_id'],
      ['userId', ['ann'], 'invalid_id'],
      ['userId', { id: 'ann' }, 'invalid_id'],
      ['userId', 1.5, 'invalid_id'],
      ['event', {}, 'invalid_event'],
      ['event', ['x'], 'invalid_event'],
      ['event', 7, 'invalid_event'],
      ['type', ['track'], 'unknown_type'],
      ['messageId', {}, 'invalid_message_id'],
      ['messageId', [1], 'invalid_message_id'],
      ['properties', 'x', 'invalid_properties'],
      ['properties', [1], 'invalid_properties'],
      ['properties', 1, 'invalid_properties'],
      ['context', 'x', 'invalid_context'],
      ['context', [], 'invalid_context'],
      ['traits', [], 'invalid_traits'],
      ['timestamp', {}, 'invalid_timestamp'],
      ['timestamp', true, 'invalid_timestamp'],
      ['timestamp', [2025], 'invalid_timestamp'],
    ] as [string, unknown, string][]
  ).map(([field, value, code]) => refused(29, `${field}: ${JSON.stringify(value)}`, { [field]: value }, code)),
  ...lies.map((properties) => kept(30, JSON.stringify(properties), { ...properties, nested: properties })),
  request(31, '2,500 items', { body: items(2_500) }, [200]),
  request(31, '2,501 items', { body: items(2_501) }, [413, 'too_many_items']),
  request(31, '100,000 items', { body: `{"batch":[${'1,'.repeat(99_999)}1]}` }, [413, 'too_many_items']),
  refused(31, 'a list of 40,000 in one event', { properties: { list: Array(40_000).fill(1) } }, 'event_too_large'),
  ...(
    [
      ['type', 'unknown_type'],
      ['event', 'missing_event'],
      ['userId', 'no_user_anon_id'],
    ] as const
  ).map(([field, code]) => refused(32, `null for ${field}`, { [field]: null }, code)),
  ...['properties', 'context', 'traits', 'timestamp', 'anonymousId', 'integrations', 'sentAt', 'groupId'].map((field) =>
    taken(32, `null for ${field}`, { [field]: null }),
  ),
  ...['null', 'undefined', 'NULL'].map((userId) => refused(32, `the text ${userId} for an id`, { userId }, 'junk_id')),
  story(32, 'null for the message id: one is derived and given back', async (world) => {
    const item = { type: 'track', event: 'x', userId: 'derived', messageId: null };
    const response = await world.post('/v1/batch', { batch: [item] });
    expect(await response.json()).toMatchObject({
      accepted: 1,
      results: [{ messageId: expect.stringMatching(/^rk-/) }],
    });
  }),
  kept(33, 'texts that look like something else', { a: 'true', b: '1e3', c: '0x1F', d: '١٢', e: 'null' }),
  refused(33, 'a time in words', { timestamp: '1e3' }, 'invalid_timestamp'),
];
