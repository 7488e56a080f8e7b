import { DAY, identify, START, track, World } from '../world.fixture';

const anonymous = (anonymousId: string, event: string, at = START) => ({
  ...track('', event, at),
  userId: null,
  anonymousId,
});
const alias = (previousId: string, userId: string) => ({
  type: 'alias',
  messageId: `alias-${previousId}-${userId}`,
  previousId,
  userId,
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

describe('who a message belongs to', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const eventsOf = async (userId: string): Promise<string[]> => {
    const lead = await world.lead(userId);
    const rows = await world.events.forLead(world.database.read, world.workspaceId, lead.id);
    return rows.map((row) => row.name ?? row.type ?? '').sort();
  };

  it('D25: alias, identify and track in any order, one by one or in one batch, end in one lead with all events', async () => {
    const orders = permutations(['alias', 'identify', 'track', 'visit']);
    for (const [index, order] of orders.entries()) {
      for (const isBatch of [true, false]) {
        const [user, anon] = [`user-${index}-${isBatch}`, `anon-${index}-${isBatch}`];
        const calls: Record<string, unknown> = {
          alias: alias(anon, user),
          identify: identify(user, START),
          track: track(user, 'Email Link Clicked', START),
          visit: anonymous(anon, 'Pricing Page Viewed'),
        };
        const batch = order.map((name) => calls[name]);
        if (isBatch) await world.send(batch);
        else for (const item of batch) await world.send([item]);
        expect([order, await eventsOf(user)]).toEqual([
          order,
          ['Email Link Clicked', 'Pricing Page Viewed', 'alias', 'identify'],
        ]);
        expect((await world.score(user)).engagement.points).toBeCloseTo(9, 9);
      }
    }
    expect(await world.allLeads()).toHaveLength(orders.length * 2);
  }, 60_000);

  it('D26: identify with both ids makes them one lead and credits what was anonymous', async () => {
    await world.send([anonymous('a', 'Pricing Page Viewed', START - 30 * DAY)]);
    await world.send([track('ann', 'Email Link Clicked', START)]);
    await world.send([identify('ann', START, {}, { anonymousId: 'a' })]);
    expect(await world.allLeads()).toHaveLength(1);
    expect((await world.score('ann')).engagement.points).toBeCloseTo(3 + 3, 9);
    expect(await world.count('ls_profiles')).toBe(1);
  });

  it('D24: an anonymous id that became one user is not given to another, and the alias says so', async () => {
    await world.send([identify('ann', START, {}, { anonymousId: 'a' })]);
    const answer = await world.send([alias('a', 'bob')]);
    expect(answer.results[0]).toMatchObject({ status: 'rejected', code: 'alias_taken' });
    const both = await world.send([track('bob', 'Email Opened', START, { anonymousId: 'a' })]);
    expect(both.results[0]).toMatchObject({ status: 'accepted', code: 'anonymous_id_taken' });
    expect(await eventsOf('bob')).toEqual(['Email Opened']);
    expect(await eventsOf('ann')).toEqual(['identify']);
  });

  it('an alias is given away once', async () => {
    await world.send([alias('a', 'ann')]);
    expect((await world.send([alias('a', 'bob')])).results[0]).toMatchObject({
      status: 'rejected',
      code: 'alias_taken',
    });
    expect((await world.send([alias('a', 'ann')])).results[0]).toMatchObject({ status: 'duplicate' });
  });

  it('an alias from a former user id, back again, and to itself, ends in one lead without a loop', async () => {
    await world.send([track('old', 'Email Opened', START), track('new', 'Email Opened', START - DAY)]);
    await world.send([alias('old', 'new')]);
    await world.send([alias('new', 'old'), alias('new', 'new')]);
    await world.send([track('old', 'Email Link Clicked', START)]);
    expect(await world.allLeads()).toMatchObject([{ userId: 'new' }]);
    expect(await eventsOf('new')).toEqual([
      'Email Link Clicked',
      'Email Opened',
      'Email Opened',
      'alias',
      'alias',
      'alias',
    ]);
  });

  it('a chain of aliases ends in one lead', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `u${index}`);
    await world.send(ids.map((id) => track(id, 'Email Link Clicked', START)));
    await world.send(ids.slice(1).map((id, index) => alias(`u${index}`, id)));
    expect(await world.allLeads()).toMatchObject([{ userId: 'u39' }]);
    expect((await eventsOf('u39')).filter((name) => name === 'Email Link Clicked')).toHaveLength(40);
  });

  it('an e-mail joins an anonymous lead to a user, and keeps two users apart', async () => {
    const email = 'ann@acme.example';
    await world.send([{ ...identify('', START, { email }), userId: null, anonymousId: 'a' }]);
    await world.send([identify('ann', START, { email })]);
    expect(await world.allLeads()).toHaveLength(1);
    await world.send([identify('other', START, { email })]);
    expect(await world.allLeads()).toHaveLength(2);
  });

  it('a browser cannot take over a lead by naming its e-mail', async () => {
    const email = 'ann@acme.example';
    await world.send([identify('ann', START, { email })]);
    await world.send([{ ...identify('', START, { email }), userId: null, anonymousId: 'thief' }], { trust: 'browser' });
    expect(await world.allLeads()).toHaveLength(2);
  });

  it('a rule that fired for one of two leads does not fire again for the one they become', async () => {
    const requests = Array.from({ length: 4 }, (_, index) => ({
      ...track('ann', 'Demo Requested', START - index),
      anonymousId: null,
    }));
    await world.send(requests);
    await world.send([
      anonymous('a', 'Demo Requested'),
      anonymous('a', 'Demo Requested', START - 1),
      anonymous('a', 'Demo Requested', START - 2),
    ]);
    const fired = await world.count('ls_firings');
    await world.send([identify('ann', START, {}, { anonymousId: 'a' })]);
    expect(fired).toBeGreaterThan(0);
    expect(await world.count('ls_firings')).toBe(fired);
  });
});
