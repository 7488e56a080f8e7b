import { RuleStore, newId, SequenceStore } from '@rekindle/store';
import { DAY, identify, START, track, World } from '../world.fixture';
import { sequenceSchema, type SequenceDocument } from './sequence.schema';
import { shippedSequences } from './shipped.sequences';

const quietAt = START + 30 * DAY;

describe('the entry filter of a sequence', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const put = (change: Partial<SequenceDocument>) => {
    const document = { ...shippedSequences[0], ...change };
    return world.database.write((sql) =>
      new SequenceStore().put(sql, world.workspaceId, { id: newId(START), key: 're-engagement', document, now: START }),
    );
  };
  const enrolmentsOf = async (userId: string) =>
    world.enrolments.forLead(world.database.read, world.workspaceId, (await world.lead(userId)).id);

  it('W8: goes by the score of the moment, as the rule before it and the lead itself do', async () => {
    await put({ entry: { fact: 'engagement.score', operator: 'gte', value: 5 } });
    await world.send([
      ...['warm', 'cold'].map((userId) => identify(userId, START - 1)),
      track('warm', 'Pricing Page Viewed', START),
      track('cold', 'Email Opened', START),
    ]);
    await world.passTo(quietAt);
    expect((await world.score('warm')).engagement.score).toBeGreaterThan(5);
    expect((await world.score('cold')).engagement.score).toBeLessThan(5);
    expect(await enrolmentsOf('warm')).toMatchObject([{ state: 'active', startedAt: quietAt }]);
    expect(await enrolmentsOf('cold')).toMatchObject([{ state: 'exited', reason: 'did not meet the entry filter' }]);
    const { items } = await world.messages.list(world.database.read, world.workspaceId, { limit: 50 });
    expect(items.map(({ toAddress }) => toAddress)).toEqual(['warm@acme.example']);
  });

  it('W8: goes by the tier as well, and who never used the product is in none', async () => {
    await put({ entry: { fact: 'usage.tier', operator: 'in', value: ['at-risk', 'dormant'] } });
    await world.send([
      ...['user', 'visitor'].map((userId) => identify(userId, START - 1)),
      track('user', 'Feature Used', START, { properties: { feature_name: 'dashboard' } }),
      ...['user', 'visitor'].map((userId) => track(userId, 'Email Opened', START)),
    ]);
    await world.passTo(quietAt);
    expect((await enrolmentsOf('user')).map(({ state }) => state)).toEqual(['active']);
    expect((await enrolmentsOf('visitor')).map(({ state }) => state)).toEqual(['exited']);
  });

  it('refuses what cannot be asked once: an unknown fact, and for how long something has held', () => {
    const issuesOf = (entry: unknown): unknown =>
      sequenceSchema.safeParse({ ...shippedSequences[0], entry }).error?.issues.map(({ path }) => path.join('.'));
    expect(issuesOf({ fact: 'engagement.score', operator: 'gte', value: 5 })).toBeUndefined();
    expect(issuesOf({ all: [{ fact: 'engagement.mood', operator: 'eq', value: 1 }] })).toEqual(['entry.all.0.fact']);
    expect(issuesOf({ fact: 'engagement.score', operator: 'lt', value: 5, forDays: 3 })).toEqual(['entry.forDays']);
  });

  it('W8: a rule asks for band and tier of the same lead', async () => {
    const rules = new RuleStore();
    const [quiet] = (await rules.list(world.database.read, world.workspaceId)).filter(
      ({ key }) => key === 'gone-quiet',
    );
    const document = {
      ...(quiet?.document as Record<string, unknown>),
      when: {
        all: [
          { fact: 'engagement.band', operator: 'eq', value: 'low' },
          { fact: 'usage.tier', operator: 'eq', value: 'at-risk' },
        ],
      },
    };
    await world.database.write((sql) =>
      rules.put(sql, world.workspaceId, { id: newId(START), key: 'gone-quiet', document, now: START + 1 }),
    );
    await world.send([identify('user', START - 1), track('user', 'Email Opened', START - 1)]);
    await world.send([track('user', 'Feature Used', START, { properties: { feature_name: 'dashboard' } })]);
    await world.passTo(START + 1);
    expect(await enrolmentsOf('user')).toMatchObject([{ state: 'active', startedAt: START }]);
  });
});
