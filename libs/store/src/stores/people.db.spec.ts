import { DAY_MS } from '@rekindle/scoring';
import { newId } from '../id.generator';
import { aLead, anEvent, aProfile, aState, NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { AccountStore } from './account.store';
import { EventStore } from './event.store';
import { identityKey, IdentityStore } from './identity.store';
import { LeadStore } from './lead.store';
import { ProfileStore } from './profile.store';

const WORKSPACE = 'w1';

describe('people and what they did', () => {
  const leads = new LeadStore();
  const identities = new IdentityStore();
  const events = new EventStore();
  const profiles = new ProfileStore();
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await temporaryDatabase();
  });
  afterEach(() => temporary.remove());

  it('gives traits back exactly as they were stored', async () => {
    const traits = { 'odd "key"': ['ü', 1.1, 1e21, -0.5, null, true, { deep: '👋\\n' }], big: Number.MAX_SAFE_INTEGER };
    const membership = { group: { accountId: 'a1', at: NOON }, context: { accountId: 'a2', at: 0 } };
    const lead = aLead({ name: 'Ada', traits, membership });
    const traitTimes = { all: NOON, own: { 'odd "key"': -1e15 } };
    const account = {
      id: newId(NOON),
      groupId: 'g',
      name: null,
      domain: null,
      traits,
      traitTimes,
      createdAt: 1,
      updatedAt: 2,
    };
    await temporary.db.write(async (sql) => {
      await leads.insertMany(sql, WORKSPACE, [lead]);
      await new AccountStore().insertMany(sql, WORKSPACE, [account]);
    });
    expect(await leads.byId(temporary.db.read, WORKSPACE, lead.id)).toEqual(lead);
    expect(await new AccountStore().getByGroupIds(temporary.db.read, WORKSPACE, ['g', 'h'])).toEqual(
      new Map([['g', account]]),
    );
  });

  it('updates many leads at once and keeps when they were created', async () => {
    const rows = [aLead(), aLead()];
    await temporary.db.write((sql) => leads.insertMany(sql, WORKSPACE, rows));
    const changed = rows.map((row) => ({ ...row, email: 'a@b.test', createdAt: 1, updatedAt: NOON + 1 }));
    expect(await temporary.db.write((sql) => leads.updateMany(sql, WORKSPACE, [...changed, aLead()]))).toBe(2);
    expect(await leads.byId(temporary.db.read, WORKSPACE, rows[0]?.id ?? '')).toEqual({
      ...changed[0],
      createdAt: NOON,
    });
  });

  it('finds the lead behind each identity, and moves an identity that turns out to be somebody else’s', async () => {
    const visitor = { kind: 'anonymous', value: 'v1' } as const;
    const person = { kind: 'user', value: 'v1' } as const;
    await temporary.db.write((sql) => identities.linkMany(sql, WORKSPACE, [{ ...visitor, leadId: 'l1' }]));
    await temporary.db.write((sql) =>
      identities.linkMany(sql, WORKSPACE, [
        { ...visitor, leadId: 'l2' },
        { ...person, leadId: 'l3' },
      ]),
    );
    const unknown = { kind: 'email', value: 'v1' } as const;
    expect(await identities.resolve(temporary.db.read, WORKSPACE, [visitor, person, unknown])).toEqual(
      new Map([
        [identityKey(visitor), 'l2'],
        [identityKey(person), 'l3'],
      ]),
    );
  });

  it('merges a lead, and everybody merged into it before, into another', async () => {
    const [a, b, c] = [aLead({ userId: 'a' }), aLead({ userId: 'b' }), aLead({ userId: 'c' })];
    await temporary.db.write(async (sql) => {
      await leads.insertMany(sql, WORKSPACE, [a, b, c]);
      await leads.markMerged(sql, WORKSPACE, { from: a.id, into: b.id, now: NOON });
      await leads.markMerged(sql, WORKSPACE, { from: b.id, into: c.id, now: NOON });
    });
    const found = await leads.getMany(temporary.db.read, WORKSPACE, [a.id, b.id, c.id]);
    expect([a, b, c].map(({ id }) => found.get(id)?.mergedInto)).toEqual([c.id, c.id, null]);
    expect(await leads.byUserId(temporary.db.read, WORKSPACE, 'a')).toBeNull();
  });

  it('stores a message once per workspace, and nothing at all of a batch that repeats one', async () => {
    const first = anEvent({ messageId: 'm1', contentHash: 'h1' });
    await temporary.db.write((sql) => events.insertMany(sql, WORKSPACE, [first]));
    const batch = [anEvent({ messageId: 'm2' }), anEvent({ messageId: 'm1' })];
    const repeated = temporary.db.write((sql) => events.insertMany(sql, WORKSPACE, batch));
    await expect(repeated).rejects.toMatchObject({ code: 'statement_failed' });
    await temporary.db.write((sql) => events.insertMany(sql, 'w2', [anEvent({ messageId: 'm1' })]));
    expect(await events.existing(temporary.db.read, WORKSPACE, ['m1', 'm2'])).toEqual(
      new Map([['m1', expect.objectContaining({ contentHash: 'h1' })]]),
    );
    expect(await events.count(temporary.db.read, WORKSPACE)).toBe(1);
  });

  it('replays a lead’s scored events in the order in which they count', async () => {
    const rows = [3, 1, 2].map((minute) => anEvent({ leadId: 'l1', at: NOON + minute, payload: { minute } }));
    const others = [anEvent({ leadId: 'l1', status: 'rejected' }), anEvent({ leadId: 'l2' })];
    await temporary.db.write((sql) => events.insertMany(sql, WORKSPACE, [...rows, ...others]));
    const minutes = async (options?: { until: number }) =>
      (await events.forLead(temporary.db.read, WORKSPACE, 'l1', options)).map(({ payload }) => payload['minute']);
    expect(await minutes()).toEqual([1, 2, 3]);
    expect(await minutes({ until: NOON + 2 })).toEqual([1, 2]);
  });

  it('pages through events newest first without skipping or repeating any', async () => {
    const rows = Array.from({ length: 25 }, (_, index) => anEvent({ leadId: 'l1', receivedAt: NOON + (index % 4) }));
    await temporary.db.write((sql) => events.insertMany(sql, WORKSPACE, rows));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<EventStore['list']>> = await events.list(temporary.db.read, WORKSPACE, {
        limit: 7,
        cursor,
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const order = [...rows].sort((a, b) => b.receivedAt - a.receivedAt || (a.id < b.id ? 1 : -1));
    expect(seen).toEqual(order.map(({ id }) => id));
  });

  it('keeps a scoring state to the last bit and replaces it', async () => {
    const { profile: nobody } = aState();
    const bucket = { day: Math.floor(NOON / DAY_MS), count: 2, sum: 2 + 3 * 2 ** -42, last: NOON - 1 };
    const state = aState({ band: 'high', clock: NOON + 1, profile: { ...nobody, signals: { reply: [bucket] } } });
    const profile = aProfile('l1', { engagementRank: 0.1 + 0.2 });
    await temporary.db.write((sql) => profiles.upsertMany(sql, WORKSPACE, [{ ...profile, state }], NOON));
    const [row] = await temporary.db.read.query<{ engagementRank: number }>(
      'SELECT "engagementRank" FROM "ls_profiles"',
    );
    expect(row?.engagementRank).toBe(0.1 + 0.2);
    expect(await profiles.getMany(temporary.db.read, WORKSPACE, ['l1', 'l2'])).toEqual(new Map([['l1', state]]));
    await temporary.db.write((sql) => profiles.upsertMany(sql, WORKSPACE, [profile], NOON));
    expect((await profiles.getMany(temporary.db.read, WORKSPACE, ['l1'])).get('l1')?.band).toBeNull();
  });

  it('refuses a fit that no list would show', async () => {
    const profile = aProfile('l1', { fitScore: 101 });
    const write = temporary.db.write((sql) => profiles.upsertMany(sql, WORKSPACE, [profile], NOON));
    await expect(write).rejects.toMatchObject({ code: 'fit_out_of_range' });
  });

  it('names the leads that are due, and reads no others to find them', async () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      aProfile(`l${index}`, { nextDueAt: index < 3 ? NOON - index : index < 100 ? NOON + index : null }),
    );
    await temporary.db.write((sql) => profiles.upsertMany(sql, WORKSPACE, rows, NOON));
    expect((await profiles.due(temporary.db.read, NOON, 10)).map(({ leadId }) => leadId)).toEqual(['l2', 'l1', 'l0']);
    expect(await profiles.due(temporary.db.read, NOON, 2)).toHaveLength(2);
    const plan = await temporary.db.read.query<{ detail: string }>(
      'EXPLAIN QUERY PLAN SELECT "workspaceId", "leadId", "nextDueAt" FROM "ls_profiles" WHERE "nextDueAt" <= ? ' +
        'ORDER BY "nextDueAt" LIMIT ?',
      [NOON, 10],
    );
    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH ls_profiles USING INDEX ls_profiles_due (nextDueAt<?)']);
  });
});
