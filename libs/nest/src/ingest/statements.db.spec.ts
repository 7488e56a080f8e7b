import { DAY, HOUR, identify, START, track, World } from '../world.fixture';

const ofVisitor = (anonymousId: string, call: Record<string, unknown>) => ({ ...call, userId: null, anonymousId });

describe('what senders state, as we take it', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const storedOf = async (leadId: string) => world.events.forLead(world.database.read, world.workspaceId, leadId);
  const only = async () => {
    const leads = await world.allLeads();
    expect(leads).toHaveLength(1);
    return leads[0] ?? Promise.reject(new Error('no lead'));
  };

  it('D8: an identify call with a user id makes the person, and a second one changes it', async () => {
    await world.send([identify('ann', START - HOUR, { plan: 'free', title: 'Engineer' })]);
    await world.send([identify('ann', START, { plan: 'pro', phone: '+49 1' })]);
    expect(await only()).toMatchObject({
      userId: 'ann',
      email: 'ann@acme.example',
      name: 'Ann Lee',
      title: 'Engineer',
      traits: { plan: 'pro', phone: '+49 1' },
    });
  });

  it('D9: traits of a visitor are kept, and are the user’s once the visitor is known', async () => {
    await world.send([ofVisitor('a', { ...identify('', START - HOUR, { email: undefined, plan: 'pro' }) })]);
    expect(await only()).toMatchObject({ userId: null, traits: { plan: 'pro' } });
    await world.send([identify('ann', START, { size: 7 }, { anonymousId: 'a' })]);
    expect(await only()).toMatchObject({ userId: 'ann', traits: { plan: 'pro', size: 7 } });
  });

  it('D12: an identify call is no activity, and a track call says nothing of who somebody is', async () => {
    await world.send([identify('ann', START)]);
    expect((await world.score('ann')).engagement).toMatchObject({ state: 'none', points: 0 });
    await world.send([
      track('bob', 'Email Link Clicked', START, { context: { traits: { email: 'bob@acme.example' } } }),
    ]);
    expect(await world.lead('bob')).toMatchObject({ email: null, name: null, traits: {} });
  });

  it('D16, D18, D20: events and properties are kept as they are, with reserved names, a group, any script and any type', async () => {
    const properties = {
      length: 3,
      bucket: 'x',
      $group_id: 'acme',
      revenue: 19.99,
      Größe: ['a', 1, null, { deep: true }],
      emoji: '🦊',
      '': 0,
    };
    await world.send([track('ann', 'Ünusual  Name 🦊', START, { properties })]);
    const [event] = await storedOf((await only()).id);
    expect(event?.name).toBe('Ünusual  Name 🦊');
    expect(event?.payload['properties']).toEqual(properties);
  });

  it('D21: a track call that names its group in the context is that group’s, whatever the person’s own is', async () => {
    await world.send([
      { type: 'group', messageId: 'g', userId: 'ann', groupId: 'own', timestamp: new Date(START - DAY).toISOString() },
      track('ann', 'Email Opened', START, { context: { groupId: 'other' } }),
      track('ann', 'Email Link Clicked', START),
    ]);
    const rows = await world.database.read.query<{ name: string; groupId: string }>(
      'SELECT e."name", a."groupId" FROM "ls_events" e JOIN "ls_accounts" a ON a."id" = e."accountId" WHERE e."type" = ?',
      ['track'],
    );
    expect(Object.fromEntries(rows.map(({ name, groupId }) => [name, groupId]))).toEqual({
      'Email Opened': 'other',
      'Email Link Clicked': 'own',
    });
  });

  it('D23: an alias joins two histories; the one lead has the events of both', async () => {
    const visits = Array.from({ length: 3 }, (_, index) =>
      ofVisitor('a', track('', 'Pricing Page Viewed', START - index * DAY)),
    );
    const clicks = Array.from({ length: 2 }, (_, index) => track('ann', 'Email Link Clicked', START - index * DAY));
    await world.send([...visits, ...clicks]);
    await world.send([{ type: 'alias', messageId: 'alias', previousId: 'a', userId: 'ann' }]);
    const names = (await storedOf((await only()).id)).map(({ name }) => name);
    expect(names.filter((name) => name !== null)).toHaveLength(5);
    const points = [0, 1, 2].reduce((sum, days) => sum + (6 + (days < 2 ? 3 : 0)) * 2 ** (-days / 30), 0);
    expect((await world.score('ann')).engagement.points).toBeCloseTo(points, 9);
  });

  it('D27: the campaign of a call is kept beside its own properties, and neither changes the other', async () => {
    const campaign = { name: 'spring', source: 'mail', medium: 'email', term: 'crm', content: 'top' };
    await world.send([
      track('ann', 'Email Opened', START, { properties: { utm_source: 'own' }, context: { campaign } }),
    ]);
    const [event] = await storedOf((await only()).id);
    expect(event?.payload).toMatchObject({ properties: { utm_source: 'own' }, context: { campaign } });
  });

  it('D35: a call marked as made without the lead changes traits, and not when the lead was last active', async () => {
    await world.send([track('ann', 'Email Link Clicked', START - DAY)]);
    const context = { active: false };
    await world.send([
      identify('ann', START, { plan: 'pro' }, { context }),
      track('ann', 'Email Opened', START, { context }),
    ]);
    expect((await world.state((await only()).id)).profile.lastAt).toBe(START - DAY);
    expect(await only()).toMatchObject({ traits: { plan: 'pro' } });
  });
});
