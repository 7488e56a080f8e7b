import { AccountStore } from '@rekindle/store';
import { DAY, identify, START, track, World } from '../world.fixture';

let calls = 0;

describe('where a lead belongs, and what is known of a company', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const group = (groupId: string, daysAgo: number, traits: Record<string, unknown> = {}) => ({
    ...{ type: 'group', userId: 'ann', groupId, traits, messageId: `group-${(calls += 1)}` },
    timestamp: new Date(START - daysAgo * DAY).toISOString(),
  });
  const within = (groupId: string, daysAgo: number) =>
    track('ann', 'Email Opened', START - daysAgo * DAY, { context: { groupId } });
  const employedBy = (company: unknown, daysAgo: number) => identify('ann', START - daysAgo * DAY, { company });

  const accounts = new AccountStore();
  const accountOf = async (groupId: string) =>
    (await accounts.getByGroupIds(world.database.read, world.workspaceId, [groupId])).get(groupId);
  const companyOfAnn = async () => {
    const { accountId } = await world.lead('ann');
    return accountId === null
      ? null
      : (await accounts.byId(world.database.read, world.workspaceId, accountId))?.groupId;
  };
  const sendEach = async (items: readonly unknown[]) => {
    for (const item of items) await world.send([item]);
  };

  it('the last group call counts, however late an earlier one is told', async () => {
    await sendEach([group('new', 1), group('old', 9)]);
    expect(await companyOfAnn()).toBe('new');
    await sendEach([group('newer', 0)]);
    expect(await companyOfAnn()).toBe('newer');
  });

  it('a group call counts more than a context, and a context more than a trait', async () => {
    await sendEach([employedBy('Trait Ltd', 1)]);
    expect(await companyOfAnn()).toBe('company:trait ltd');
    await sendEach([within('context', 5)]);
    expect(await companyOfAnn()).toBe('context');
    await sendEach([group('group', 9), within('context', 0), employedBy('Trait Ltd', 0)]);
    expect(await companyOfAnn()).toBe('group');
  });

  it('of contexts the first counts: nobody moves with everything they do', async () => {
    await sendEach([within('b', 5), within('c', 4)]);
    expect(await companyOfAnn()).toBe('b');
    await sendEach([within('a', 6)]);
    expect(await companyOfAnn()).toBe('a');
  });

  it('without either it follows the trait, also when that is taken back', async () => {
    await sendEach([employedBy('Second Ltd', 1), employedBy('First Ltd', 5)]);
    expect(await companyOfAnn()).toBe('company:second ltd');
    await sendEach([employedBy(null, 0)]);
    expect(await companyOfAnn()).toBeNull();
  });

  it('of each trait of a company what was said last counts, and a group call before what is said in passing', async () => {
    await sendEach([
      group('acme', 1, { name: 'Acme GmbH', plan: 'pro' }),
      group('acme', 5, { name: 'Acme', plan: 'basic', employees: 40 }),
      employedBy({ id: 'acme', name: 'ACME?', industry: 'Steel', website: 'acme.example' }, 0),
      employedBy({ id: 'acme', industry: 'Iron' }, 3),
    ]);
    expect(await accountOf('acme')).toMatchObject({
      ...{ name: 'Acme GmbH', domain: 'acme.example' },
      traits: { name: 'Acme GmbH', plan: 'pro', employees: 40, industry: 'Steel', website: 'acme.example' },
    });
  });

  it('leads and companies from before instants were kept stay where they are until somebody says otherwise', async () => {
    await sendEach([within('context', 5), group('context', 5, { name: 'Context AG' })]);
    await world.database.write(async (sql) => {
      await sql.query('UPDATE "ls_leads" SET "membership" = NULL');
      await sql.query('UPDATE "ls_accounts" SET "traitTimes" = NULL');
    });
    await sendEach([within('other', 400), employedBy({ id: 'context', name: 'In Passing' }, 0)]);
    expect(await companyOfAnn()).toBe('context');
    expect((await accountOf('context'))?.name).toBe('Context AG');
    await sendEach([group('acme', 300), group('context', 300, { name: 'Context SE' })]);
    expect((await accountOf('context'))?.name).toBe('Context SE');
  });

  it('repeating what is known wakes nobody', async () => {
    await sendEach([group('acme', 2, { employees: 40 }), group('acme', 1, { employees: 40 })]);
    expect(await world.profiles.due(world.database.read, START, 10)).toEqual([]);
    await sendEach([group('acme', 3, { employees: 10 })]);
    expect(await world.profiles.due(world.database.read, START, 10)).toEqual([]);
  });
});
