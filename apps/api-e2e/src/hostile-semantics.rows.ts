import { type IngestResponse, type LeadDetail } from '@rekindle/contracts';
import { type HostileWorld } from './hostile.oracle';
import { newMessageId, refused, request, story, taken, type HostileRow } from './hostile.rows';
import { leadOf } from './world';

type Item = Record<string, unknown>;

async function send(world: HostileWorld, batch: readonly Item[]): Promise<IngestResponse> {
  const response = await world.post('/v1/batch', { batch });
  expect(response.status).toBe(200);
  return (await response.json()) as IngestResponse;
}

const statusesOf = ({ results }: IngestResponse) => results.map(({ status }) => status);
const track = (userId: string, more: Item = {}): Item => ({
  type: 'track',
  event: 'Email Link Clicked',
  userId,
  messageId: newMessageId(),
  ...more,
});
const identify = (userId: string, traits: Item): Item => ({
  type: 'identify',
  userId,
  traits,
  messageId: newMessageId(),
});
const alias = (previousId: string, userId: string): Item => ({
  type: 'alias',
  previousId,
  userId,
  messageId: newMessageId(),
});
const clicksOf = (lead: LeadDetail): number => lead.score.engagement.contributions[0]?.count ?? 0;

/** Names nobody has used, also not in an earlier run of the same row. */
let people = 0;
const somebody = (): string => `person-${(people += 1)}`;

async function inBatches(world: HostileWorld, all: readonly Item[]): Promise<void> {
  for (let from = 0; from < all.length; from += 500) await send(world, all.slice(from, from + 500));
}

/** Category C: what the tracking API means. */
export const semanticsRows: readonly HostileRow[] = [
  refused(34, 'nobody', { userId: undefined }, 'no_user_anon_id'),
  refused(34, 'empty ids', { userId: '', anonymousId: '  ' }, 'no_user_anon_id'),
  ...[1, 100, 101, 255].map((length) => taken(35, `an id of ${length}`, { userId: 'i'.repeat(length) })),
  ...[256, 8_192].map((length) => refused(35, `an id of ${length}`, { userId: 'i'.repeat(length) }, 'id_too_long')),
  taken(35, 'an id among spaces', { userId: ' spaced ' }, { stored: { userId: 'spaced' } }),
  ...['null', '0', '[object Object]', 'undefined', 'NaN', 'None', 'true', '{}'].map((userId) =>
    refused(35, `the id ${userId}`, { userId }, 'junk_id'),
  ),
  story(36, 'a message id again: the same is a duplicate, another payload or type a conflict', async (world) => {
    const message = track(somebody());
    await send(world, [message]);
    const again = [message, { ...message, event: 'Email Replied' }, { ...message, type: 'page', name: 'x' }];
    for (const item of again) {
      const [status] = statusesOf(await send(world, [item]));
      expect(status).toBe(item === message ? 'duplicate' : 'conflict');
    }
    expect((await leadOf(world.server, String(message['userId']))).score.engagement.contributions).toHaveLength(1);
  }),
  story(37, 'a message id twice in a batch: the first counts', async (world) => {
    const message = track(somebody());
    expect(statusesOf(await send(world, [message, message]))).toEqual(['accepted', 'duplicate']);
  }),
  story(38, 'aliases in a circle end in one lead', async (world) => {
    const [one, two] = [somebody(), somebody()];
    await send(world, [track(one), track(two)]);
    await send(world, [alias(one, two), alias(two, one), alias(one, one)]);
    expect(clicksOf(await leadOf(world.server, two))).toBe(2);
  }),
  story(38, 'a chain of 200 aliases ends in one lead', async (world) => {
    const chain = Array.from({ length: 200 }, somebody);
    await send(
      world,
      chain.map((name) => track(name)),
    );
    for (let from = 1; from < chain.length; from += 20) {
      const links = chain.slice(from, from + 20).map((name, index) => alias(chain[from + index - 1] ?? '', name));
      await send(world, links);
    }
    expect(clicksOf(await leadOf(world.server, chain.at(-1) ?? ''))).toBe(200);
  }),
  story(38, 'two users do not become one through a visitor they share', async (world) => {
    const [one, two, visitor] = [somebody(), somebody(), somebody()];
    await send(world, [track(one), track(two), alias(visitor, one)]);
    expect(await send(world, [alias(visitor, two)])).toMatchObject({ results: [{ code: 'alias_taken' }] });
    expect((await leadOf(world.server, one)).id).not.toBe((await leadOf(world.server, two)).id);
  }),
  story(40, 'one user in 2,000 groups, and in a group of their own name', async (world) => {
    const name = somebody();
    const groups = Array.from({ length: 2_000 }, (_, index) => index);
    const join = (groupId: string): Item => ({ type: 'group', userId: name, groupId, messageId: newMessageId() });
    await inBatches(world, [...groups.map((index) => join(`${name}-group-${index}`)), join(name)]);
    expect((await leadOf(world.server, name)).account).toMatchObject({ name });
  }),
  story(41, '10,000 different traits: the first 1,000 are kept', async (world) => {
    const name = somebody();
    const calls = Array.from({ length: 40 }, (_, call) =>
      identify(name, Object.fromEntries(Array.from({ length: 250 }, (__, index) => [`trait_${call}_${index}`, index]))),
    );
    const answer = await send(world, calls);
    expect(answer.accepted).toBe(40);
    const { traits } = await leadOf(world.server, name);
    expect(Object.keys(traits)).toHaveLength(1_000);
    expect(traits['trait_0_0']).toBe(0);
    await send(world, [identify(name, { trait_0_0: 'changed', email: `${name}@acme.example` })]);
    expect(await leadOf(world.server, name)).toMatchObject({
      email: `${name}@acme.example`,
      traits: { trait_0_0: 'changed' },
    });
  }),
  story(41, '5,001 different event names', async (world) => {
    const name = somebody();
    await inBatches(
      world,
      Array.from({ length: 5_001 }, (_, index) => track(name, { event: `${name} ${index}` })),
    );
    expect((await leadOf(world.server, name)).score.engagement.state).toBe('none');
  }),
  ...[{ All: false }, { All: true, Mixpanel: false }, { all: 'false' }, { 'Nobody Knows': { a: 1 } }].map(
    (integrations) => taken(43, `integrations ${JSON.stringify(integrations)}`, { integrations }),
  ),
  ...['delete', 'TRACK', 'Identify', '__proto__', 'constructor', ''].map((type) =>
    refused(44, `the type ${JSON.stringify(type)}`, { type }, 'unknown_type'),
  ),
  refused(45, 'a user agent of 1 MB', { context: { userAgent: 'x'.repeat(1_000_000) } }, 'string_too_long'),
  ...['::ffff:127.0.0.1', '0', '999.1.1.1', "' OR 1=1"].map((ip) =>
    taken(45, `the address ${ip}`, { context: { ip } }),
  ),
  story(9, 'an address with letters of another alphabet is kept as its ASCII form', async (world) => {
    const name = somebody();
    await send(world, [identify(name, { email: `${name}@exаmple.com` })]);
    expect((await leadOf(world.server, name)).email).toBe(`${name}@xn--exmple-4nf.com`);
  }),
  story(10, 'an id written in two ways is one id', async (world) => {
    const name = somebody();
    await send(world, [
      track(`${name}-\u00e9`),
      track(`${name}-e\u0301`),
      track(`${name}-\u00c5`),
      track(`${name}-\u212b`),
    ]);
    expect(clicksOf(await leadOf(world.server, `${name}-\u00e9`))).toBe(2);
    expect(clicksOf(await leadOf(world.server, `${name}-\u00c5`))).toBe(2);
  }),
  ...['İ', 'ß', 'ſ', 'ﬀ', 'K'].map((letter) =>
    story(11, `an address and an id with ${letter}`, async (world) => {
      const name = `${somebody()}${letter}`;
      await send(world, [identify(name, { email: `${name}@acme.example` }), track(name.toUpperCase())]);
      expect((await leadOf(world.server, name)).email).toBe(`${name}@acme.example`.normalize('NFC').toLowerCase());
    }),
  ),
  // Category G, as far as files can come in today: what is no JSON is nothing here.
  ...(
    [
      ['a zip', Uint8Array.from([0x50, 0x4b, 3, 4, 0x14, 0]), [400, 'invalid_json']],
      ['a CSV', 'email,name\nann@acme.example,Ann\n', [400, 'invalid_json']],
      ['a page', '<!doctype html><title>x</title>', [400, 'invalid_json']],
    ] as [string, string | Uint8Array, [number, string]][]
  ).map(([name, body, answer]) => request(86, name, { body }, answer)),
  ...['--b\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\nx\r\n--b--', '--b\r\n'.repeat(10_000), ''].map(
    (body, index) =>
      request(
        89,
        `parts of a form, ${['with a prototype’s name', '10,000 of them', 'without any'][index]}`,
        { body, headers: { 'content-type': 'multipart/form-data; boundary=b' } },
        [400, 'invalid_json'],
      ),
  ),
];
