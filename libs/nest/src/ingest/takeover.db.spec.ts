import { LeadReader } from '../leads/lead.reader';
import { DefinitionsCache } from './definitions.cache';
import { MOST_IDS } from './identity.resolution';
import { HOUR, identify, START, track, World } from '../world.fixture';

const visitor = (anonymousId: string, traits: Record<string, unknown>) => ({
  ...identify('', START, traits),
  userId: null,
  anonymousId,
});

/** One name of every signal that a browser's key may send. */
const forgeable = [
  ...['Demo Requested', 'Pricing Page Viewed', 'Case Study Viewed', 'Content Downloaded'],
  ...['Email Link Clicked', 'Social Shared', 'Email Opened'],
];

describe('who may say what of whom', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  it('a browser changes no address that is known, names no owner, and still fills in what nobody has said', async () => {
    await world.send([identify('ann', START, { title: 'VP Sales' })]);
    const forged = {
      email: 'thief@evil.example',
      owner: 'thief@evil.example',
      ownerEmail: 'x@evil.example',
      plan: 'pro',
    };
    await world.send([identify('ann', START + HOUR, forged)], { trust: 'browser' });
    expect(await world.lead('ann')).toMatchObject({
      email: 'ann@acme.example',
      owner: 'owner@sales.example',
      traits: { email: 'ann@acme.example', owner: 'owner@sales.example', plan: 'pro' },
    });
    await world.send([visitor('form', { email: 'new@acme.example' })], { trust: 'browser' });
    const [lead] = (await world.allLeads()).filter(({ userId }) => userId === null);
    expect(lead).toMatchObject({ email: 'new@acme.example', owner: null });
  });

  it('a browser that names a lead’s address becomes no part of that lead, whoever came first', async () => {
    await world.send([visitor('thief', { email: 'ann@acme.example' })], { trust: 'browser' });
    await world.send([identify('ann', START)]);
    await world.send([visitor('thief-2', { email: 'ann@acme.example' })], { trust: 'browser' });
    expect(await world.allLeads()).toHaveLength(3);
    expect((await world.lead('ann')).email).toBe('ann@acme.example');
  });

  it('T10: a flood from a browser counts no more than a busy day, and alerts nobody twice', async () => {
    const calls = (userId: string, perName: number) =>
      forgeable.flatMap((name) => Array.from({ length: perName }, (_, index) => track(userId, name, START + index)));
    const page = (userId: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...track(userId, '', START + index),
        type: 'page',
        name: 'Home',
      }));
    await world.send([identify('busy', START), identify('forged', START)]);
    await world.send([...calls('busy', 20), ...page('busy', 20)], { trust: 'browser' });
    for (let round = 0; round < 4; round += 1)
      await world.send([...calls('forged', 300), ...page('forged', 300)], { trust: 'browser' });
    await world.passTo(START + HOUR);
    const [busy, forged] = [await world.score('busy'), await world.score('forged')];
    expect(forged.engagement.points).toBeCloseTo(busy.engagement.points, 6);
    expect(forged.priority).toEqual(busy.priority);
    const alertsOf = async (userId: string): Promise<number> => {
      const { id: leadId } = await world.lead(userId);
      return (await world.alerts.list(world.database.read, world.workspaceId, { leadId, limit: 50 })).items.length;
    };
    expect(await alertsOf('busy')).toBeGreaterThan(0);
    expect(await alertsOf('forged')).toBeLessThanOrEqual(await alertsOf('busy'));
  });

  it('E14: of several addresses of one lead the latest said is the one of record, whatever came last', async () => {
    await world.send([identify('ann', START - HOUR, { email: 'second@acme.example' })]);
    await world.send([identify('ann', START - 2 * HOUR, { email: 'first@acme.example' })]);
    await world.send([identify('ann', START, { email: 'third@acme.example' })]);
    await world.send([identify('ann', START - 3 * HOUR, { email: 'zeroth@acme.example', plan: 'pro' })]);
    expect(await world.lead('ann')).toMatchObject({ email: 'third@acme.example', traits: { plan: 'pro' } });
  });

  it('finds a lead by every user id it ever had, and by one written in another way', async () => {
    await world.send([track('old', 'Email Opened', START), track('ann-\u00e9', 'Email Opened', START)]);
    await world.send([{ type: 'alias', messageId: 'a', previousId: 'old', userId: 'ann-\u00e9' }]);
    const reader = new LeadReader(world.database, world.get(DefinitionsCache));
    const { lead } = await reader.byUserId(world.workspaceId, 'ann-e\u0301');
    expect(lead.userId).toBe('ann-\u00e9');
    expect((await reader.byUserId(world.workspaceId, 'old')).lead.id).toBe(lead.id);
    await expect(reader.byUserId(world.workspaceId, 'null')).rejects.toMatchObject({ status: 404 });
  });
});

describe('an id that is given to everybody', () => {
  it('makes nobody one with a lead that has a thousand ids already, and says so', async () => {
    const world = await World.open();
    const seenOn = (anonymousId: string) => track('ann', 'Email Opened', START, { anonymousId });
    await world.send(Array.from({ length: MOST_IDS }, (_, index) => seenOn(`device-${index}`)));
    await world.send([visitor('apart', { email: undefined }), track('bob', 'Email Opened', START)]);
    expect((await world.send([seenOn('apart')])).results).toMatchObject([{ status: 'accepted', code: 'too_many_ids' }]);
    const alias = { type: 'alias', messageId: 'alias', previousId: 'bob', userId: 'ann' };
    expect((await world.send([alias])).results).toMatchObject([{ status: 'rejected', code: 'too_many_ids' }]);
    expect(await world.allLeads()).toHaveLength(3);
    await world.send([visitor('other', { email: undefined })]);
    await world.send([track('bob', 'Email Opened', START, { anonymousId: 'other' })]);
    expect(await world.allLeads()).toHaveLength(3);
    await world.close();
  });
});

describe('two user ids with one address', () => {
  const email = 'office@acme.example';
  const story = [
    identify('ann', START, { email }),
    track('ann', 'Email Link Clicked', START),
    track('bob', 'Email Link Clicked', START),
    identify('bob', START, { email }),
  ];

  it.each([
    ['one by one', story.map((item) => [item])],
    ['in one batch', [story]],
  ])('are two leads by default, %s', async (_, batches) => {
    const world = await World.open();
    for (const batch of batches) await world.send(batch);
    expect((await world.allLeads()).map(({ userId }) => userId).sort()).toEqual(['ann', 'bob']);
    expect((await world.score('bob')).engagement.points).toBeCloseTo(3, 9);
    await world.close();
  });

  it.each([
    ['one by one', story.map((item) => [item])],
    ['in one batch', [story]],
  ])('are one lead where the host says so, %s, under the id that named the address first', async (_, batches) => {
    const world = await World.open(undefined, { sharedEmail: 'unite' });
    for (const batch of batches) await world.send(batch);
    await world.send([track('bob', 'Email Link Clicked', START)]);
    expect((await world.allLeads()).map(({ userId }) => userId)).toEqual(['ann']);
    expect((await world.score('ann')).engagement.points).toBeCloseTo(9, 9);
    await world.close();
  });
});
