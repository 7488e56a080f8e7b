import { EventStore } from '@rekindle/store';
import { DAY, identify, START, track, World } from '../world.fixture';

describe('events on their way in', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  it('has the right score when ingest returns', async () => {
    const answer = await world.send([
      track('ann', 'Email Link Clicked', START),
      track('ann', 'Pricing Page Viewed', START - 30 * DAY),
    ]);
    expect(answer).toMatchObject({ success: true, accepted: 2, rejected: 0 });
    const { engagement } = await world.score('ann');
    expect(engagement.points).toBeCloseTo(3 + 6 / 2, 9);
  });

  it('stores a message once, however often it comes, and tells a repetition from another message under the same id', async () => {
    const message = track('ann', 'Email Opened', START);
    await world.send([message]);
    const answer = await world.send([message, { ...message, event: 'Demo Requested' }]);
    expect(answer.results).toEqual([
      { index: 0, messageId: message.messageId, status: 'duplicate' },
      { index: 1, messageId: message.messageId, status: 'conflict', code: 'message_id_reused' },
    ]);
    expect(await world.count('ls_events')).toBe(1);
    expect((await world.score('ann')).engagement.points).toBeCloseTo(1, 9);
  });

  it('takes the first of two messages with one id in one batch', async () => {
    const message = track('ann', 'Email Opened', START);
    const answer = await world.send([message, { ...message }, { ...message, event: 'Demo Requested' }]);
    expect(answer.results.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'conflict']);
    expect(await world.count('ls_events')).toBe(1);
  });

  it('knows the order of properties is no difference', async () => {
    const message = track('ann', 'Email Opened', START, { properties: { a: 1, b: 2 } });
    await world.send([message]);
    expect(await world.send([{ ...message, properties: { b: 2, a: 1 } }])).toMatchObject({ duplicate: 1 });
  });

  it('keeps message ids of two workspaces apart', async () => {
    const message = track('ann', 'Email Opened', START);
    await world.send([message]);
    const other = '018f0000-0000-7000-8000-000000000000';
    await world.database.write((sql) =>
      sql.query(
        'INSERT INTO "ls_workspaces" ("id", "name", "timezone", "isDemo", "createdAt") VALUES (?, ?, ?, 0, 0)',
        [other, 'B', 'UTC'],
      ),
    );
    await world.database.write((sql) =>
      sql.query(
        'INSERT INTO "ls_models" SELECT ?, "id", "key", "version", "status", "document", "etag", "createdAt", "updatedAt", "publishedAt" FROM "ls_models"',
        [other],
      ),
    );
    expect(await world.send([message], { workspaceId: other })).toMatchObject({ accepted: 1 });
  });

  it('E12: says which item of a batch failed and why, one that names nobody among them, and stores the others', async () => {
    const batch = [
      track('ann', 'Email Opened', START),
      { type: 'track', event: 'x' },
      'nonsense',
      track('bob', 'Email Opened', START),
    ];
    const answer = await world.send(batch);
    expect(answer).toMatchObject({ accepted: 2, rejected: 2, duplicate: 0, conflict: 0 });
    expect(answer.results.map(({ status, code }) => [status, code])).toEqual([
      ['accepted', undefined],
      ['rejected', 'no_user_anon_id'],
      ['rejected', 'not_an_object'],
      ['accepted', undefined],
    ]);
    const { items } = await world.events.list(world.database.read, world.workspaceId, {
      limit: 10,
      status: 'rejected',
    });
    expect(items.map(({ code }) => code).sort()).toEqual(['no_user_anon_id', 'not_an_object']);
  });

  it('keeps a rejected item once, and lets a corrected one with the same id in', async () => {
    const bad = { ...track('ann', 'Email Opened', START), userId: 'null' };
    expect(await world.send([bad])).toMatchObject({ rejected: 1 });
    expect(await world.send([bad, bad])).toMatchObject({ rejected: 2 });
    expect(await world.count('ls_events')).toBe(1);
    expect(await world.send([bad, { ...bad, userId: 'ann' }])).toMatchObject({ rejected: 1, accepted: 1 });
    expect(await world.count('ls_events')).toBe(1);
  });

  it('lets one item that cannot be stored fail alone', async () => {
    const insertMany = EventStore.prototype.insertMany;
    jest.spyOn(EventStore.prototype, 'insertMany').mockImplementation(function (
      this: EventStore,
      sql,
      workspaceId,
      rows,
    ) {
      if (rows.some((row) => row.name === 'Poison')) throw new Error('the database refuses this row');
      return insertMany.call(this, sql, workspaceId, rows);
    });
    const events = Array.from({ length: 9 }, (_, index) => track(`user-${index}`, 'Email Opened', START));
    const answer = await world.send([...events.slice(0, 5), track('eve', 'Poison', START), ...events.slice(5)]);
    jest.restoreAllMocks();
    expect(answer).toMatchObject({ accepted: 9, rejected: 1 });
    expect(answer.results[5]).toMatchObject({ status: 'rejected', code: 'not_storable' });
    expect(await world.count('ls_events')).toBe(10);
    expect((await world.allLeads()).map((lead) => lead.userId).sort()).toEqual(events.map(({ userId }) => userId));
  });

  it('answers requests that come at once each with their own results', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => world.send([track(`user-${index % 7}`, 'Email Opened', START - index)])),
    );
    expect(answers.every(({ accepted, results }) => accepted === 1 && results[0]?.index === 0)).toBe(true);
    expect(await world.count('ls_events')).toBe(50);
    expect(await world.count('ls_leads')).toBe(7);
  });

  it('stores nothing of a batch with more than 2,500 items', async () => {
    const batch = Array.from({ length: 2_501 }, () => track('ann', 'Email Opened', START));
    await expect(world.send(batch)).rejects.toMatchObject({ code: 'too_many_items', status: 413 });
    expect(await world.count('ls_events')).toBe(0);
  });

  it('D42: keeps an event from 1970, flags it and does not score it', async () => {
    const answer = await world.send([track('ann', 'Demo Requested', 0)]);
    expect(answer.results[0]).toMatchObject({ status: 'accepted', code: 'timestamp_out_of_range' });
    expect((await world.score('ann')).engagement).toMatchObject({ state: 'none', points: 0 });
    const { items } = await world.events.list(world.database.read, world.workspaceId, { limit: 10 });
    expect(items).toMatchObject([{ status: 'unscored', code: 'timestamp_out_of_range' }]);
  });

  it('does not believe a browser that says somebody replied', async () => {
    const answer = await world.send([track('ann', 'Email Replied', START)], { trust: 'browser' });
    expect(answer.results[0]).toMatchObject({ status: 'rejected', code: 'reserved_event' });
  });

  it('files people under the company of a group call, then of the context, then of the trait', async () => {
    await world.send([
      identify('ann', START, { company: { name: 'Trait Ltd' } }),
      identify('bob', START),
      track('bob', 'Email Opened', START, { context: { groupId: 'ctx' } }),
      { type: 'group', userId: 'ann', groupId: 'acme', traits: { name: 'Acme GmbH', employees: 250 }, messageId: 'g1' },
      identify('ann', START, { company: { name: 'Trait Ltd' } }),
    ]);
    const rows = await world.database.read.query<{ userId: string; groupId: string; name: string | null }>(
      'SELECT l."userId", a."groupId", a."name" FROM "ls_leads" l JOIN "ls_accounts" a ON a."id" = l."accountId" ORDER BY l."userId"',
    );
    expect(rows).toEqual([
      { userId: 'ann', groupId: 'acme', name: 'Acme GmbH' },
      { userId: 'bob', groupId: 'ctx', name: null },
    ]);
  });

  it('lifts e-mail, name, title and owner from the traits and keeps the rest', async () => {
    await world.send([identify('ann', START, { email: ' Ann@ACME.example ', title: 'VP Sales', plan: 'pro' })]);
    await world.send([identify('ann', START, { email: 'a@x.example, b@x.example', plan: 'team' })]);
    expect(await world.lead('ann')).toMatchObject({
      email: 'ann@acme.example',
      name: 'Ann Lee',
      title: 'VP Sales',
      owner: 'owner@sales.example',
      traits: { plan: 'team', title: 'VP Sales' },
    });
  });

  it('looks again at everybody in a company once it is described differently', async () => {
    await world.send([
      identify('ann', START),
      { type: 'group', userId: 'ann', groupId: 'acme', traits: {}, messageId: 'g1' },
    ]);
    await world.send([
      identify('bob', START),
      { type: 'group', userId: 'bob', groupId: 'acme', traits: {}, messageId: 'g2' },
    ]);
    const due = async (): Promise<number> => (await world.profiles.due(world.database.read, START, 10)).length;
    expect(await due()).toBe(0);
    await world.send([{ type: 'group', userId: 'ann', groupId: 'acme', traits: { employees: 500 }, messageId: 'g3' }]);
    expect(await due()).toBe(1);
    await world.passTo(START);
    expect(await due()).toBe(0);
  });
});
