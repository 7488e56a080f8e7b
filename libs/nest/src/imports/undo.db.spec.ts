import { ChangeStore, EventStore, IdentityStore } from '@rekindle/store';
import { IngestService } from '../ingest/ingest.service';
import { DAY, HOUR, identify, START, track, World } from '../world.fixture';
import { Wizard } from './import.fixture';

const leadFile = [
  'user id,email,name,company,plan',
  'known,known@acme.example,Known By File,Acme,pro',
  'fresh,fresh@new.example,Fresh,Newco,free',
  '',
].join('\n');
const eventFile = [
  'user id,event,at',
  'known,Pricing Page Viewed,2025-05-25',
  'known,Feature Used,2025-05-26',
  'fresh,Demo Requested,2025-05-30',
  'only-events,Demo Requested,2025-05-30',
  '',
].join('\n');
const accountFile = 'account,sector,employees\nAcme,software,120\nNobody Ltd,retail,3\n';

/** Everything that is known in a workspace, without ids and instants of writing. */
async function knownOf(world: World): Promise<unknown> {
  const leads = await world.allLeads();
  const identities = new IdentityStore();
  const accounts = await world.database.read.query<{ groupId: string; name: string; traits: string; id: string }>(
    'SELECT "id", "groupId", "name", "traits" FROM "ls_accounts" ORDER BY "groupId"',
  );
  const nameOf = new Map(accounts.map(({ id, groupId }) => [id, groupId]));
  const people = await Promise.all(
    leads.map(async (lead) => {
      const { userId, email, name, title, owner, traits } = lead;
      const { profile, tier, firstTier, band } = await world.state(lead.id);
      const ids = await identities.forLead(world.database.read, world.workspaceId, lead.id);
      const account = nameOf.get(lead.accountId ?? '') ?? null;
      const score = await world.score(userId ?? '');
      return { userId, email, name, title, owner, traits, account, ids, profile, tier, firstTier, band, score };
    }),
  );
  const companies = accounts.map(({ groupId, name, traits }) => ({ groupId, name, traits: JSON.parse(traits) }));
  const events = await world.count('ls_events');
  return { people: people.sort((a, b) => (a.userId ?? '').localeCompare(b.userId ?? '')), companies, events };
}

/** What live traffic says before and after the import. */
const before = [
  identify('known', START - 40 * DAY, { plan: 'basic', company: 'Acme' }),
  track('known', 'Pricing Page Viewed', START - 20 * DAY),
  track('known', 'Feature Used', START - 10 * DAY, { properties: { feature: 'api' } }),
];
const after = [
  track('known', 'Demo Requested', START - DAY),
  identify('known', START, { title: 'CTO' }),
  track('other', 'Pricing Page Viewed', START - DAY),
];

describe('undoing an import', () => {
  let world: World;
  let control: World;
  let wizard: Wizard;

  beforeEach(async () => {
    world = await World.open();
    control = await World.open();
    wizard = new Wizard(world);
    for (const each of [world, control]) await each.send(before);
  });
  afterEach(() => Promise.all([world.close(), control.close()]));

  const liveOn = async (): Promise<void> => {
    for (const each of [world, control]) {
      each.clock.set(START + 3_600_000);
      await each.send(after);
    }
  };
  const settle = async (): Promise<void> => {
    for (const each of [world, control]) await each.passTo(START + 7_200_000);
  };

  it('leaves leads, accounts, identities, traits and scores as if the file had never come', async () => {
    const jobs = [
      await wizard.bring('accounts', accountFile),
      await wizard.bring('leads', leadFile),
      await wizard.bring('events', eventFile),
    ];
    expect(jobs.map(({ imported }) => imported)).toEqual([2, 2, 4]);
    expect(await world.count('ls_leads')).toBe(3);
    await liveOn();
    const undone = [];
    for (const { id } of jobs.reverse()) undone.push(await wizard.step(id, 'undo'));
    expect(undone.map(({ state }) => state)).toEqual(['undone', 'undone', 'undone']);
    await settle();
    expect(await knownOf(world)).toEqual(await knownOf(control));
    expect(await world.count('ls_import_events')).toBe(0);
  });

  it('withdraws one file and keeps another that came after it', async () => {
    const first = await wizard.bring('events', eventFile);
    await wizard.bring('leads', leadFile);
    await new Wizard(control).bring('leads', leadFile);
    await liveOn();
    await wizard.step(first.id, 'undo');
    await settle();
    expect(await knownOf(world)).toEqual(await knownOf(control));
    await expect(world.lead('only-events')).rejects.toThrow('no lead');
  });

  it('believes a browser no more afterwards than before', async () => {
    for (const each of [world, control]) {
      await each.send([identify('known', START, { owner: 'thief@evil.example' })], { trust: 'browser' });
    }
    const job = await wizard.bring('leads', leadFile);
    await wizard.step(job.id, 'undo');
    expect((await world.lead('known')).owner).toBe('owner@sales.example');
    expect(await knownOf(world)).toEqual(await knownOf(control));
  });

  it('brings everything back when the file is imported once more', async () => {
    const first = await wizard.bring('events', eventFile);
    const brought = await knownOf(world);
    await wizard.step(first.id, 'undo');
    expect(await wizard.bring('events', eventFile)).toMatchObject({ imported: 4, unchanged: 0 });
    expect(await knownOf(world)).toEqual(brought);
  });

  it('takes nothing away that somebody else has brought too', async () => {
    await wizard.bring('events', eventFile);
    const again = await wizard.bring('events', eventFile);
    const brought = await knownOf(world);
    expect(again).toMatchObject({ imported: 0, unchanged: 4 });
    await wizard.step(again.id, 'undo');
    expect(await knownOf(world)).toEqual(brought);
  });

  it('goes on after a crash in the middle, in either direction, and doubles nothing', async () => {
    const rows = Array.from(
      { length: 1_800 },
      (_, index) =>
        `p${index % 700},Feature Used,2025-05-${10 + (index % 20)} 08:${String(index % 60).padStart(2, '0')}:${String(index % 59).padStart(2, '0')},${index}`,
    );
    const file = `user id,event,at,row\n${rows.join('\n')}\n`;
    await new Wizard(control).bring('events', file);
    const job = await wizard.check('events', file);
    const ingest = world.get(IngestService);
    const real = ingest.ingest.bind(ingest);
    let calls = 0;
    const crashing = jest.spyOn(ingest, 'ingest').mockImplementation(async (...given) => {
      calls += 1;
      const answer = await real(...given);
      if (calls === 2) throw Object.assign(new Error('killed'), { isCrash: true });
      return answer;
    });
    // Committed, but the job never heard of it: what a kill between the two commits leaves behind.
    const halted = await wizard.step(job.id, 'run');
    expect(halted).toMatchObject({ state: 'failed', rowsDone: 500, imported: 500 });
    expect(await new EventStore().count(world.database.read, world.workspaceId)).toBe(1_000 + before.length);
    crashing.mockRestore();
    const done = await wizard.step(job.id, 'run');
    expect(done).toMatchObject({ state: 'done', rowsDone: 1_800, imported: 1_800, unchanged: 0, rejected: 0 });
    expect(await knownOf(world)).toEqual(await knownOf(control));
    await wizard.service.begin(world.workspaceId, job.id, 'undo');
    const { undo } = wizard.worker as unknown as { undo: { step(lease: unknown): Promise<boolean> } };
    const step = undo.step.bind(undo);
    const failing = jest.spyOn(undo, 'step').mockImplementationOnce(step).mockRejectedValueOnce(new Error('killed'));
    await wizard.worker.drain();
    failing.mockRestore();
    expect((await wizard.step(job.id, 'undo')).state).toBe('undone');
    expect(await new EventStore().count(world.database.read, world.workspaceId)).toBe(before.length);
    expect(await world.count('ls_leads')).toBe(1);
  }, 60_000);

  it('lets another process take over a job whose holder was killed, once its claim has lapsed', async () => {
    const job = await wizard.check('leads', leadFile);
    await wizard.service.begin(world.workspaceId, job.id, 'run');
    const { store } = wizard.worker as unknown as { store: { claim(...given: unknown[]): Promise<unknown> } };
    const dead = await world.database.write((sql) => store.claim(sql, world.clock.now(), 5_000));
    expect(dead).not.toBeNull();
    await wizard.worker.drain();
    expect((await wizard.service.byId(world.workspaceId, job.id)).state).toBe('running');
    world.clock.set(START + 6_000);
    await wizard.worker.drain();
    expect((await wizard.service.byId(world.workspaceId, job.id)).state).toBe('done');
  });
});

describe('a sequence that an import ended', () => {
  const quietAt = START + 30 * DAY;
  const importedAt = quietAt + 2 * HOUR;
  const dayAfter = new Date(quietAt + HOUR).toISOString();
  const visits = `user id,event,at\nann,Pricing Page Viewed,${dayAfter}\n`;
  let world: World;
  let wizard: Wizard;

  beforeEach(async () => {
    world = await World.open();
    wizard = new Wizard(world);
    await world.send([identify('ann', START - 1), track('ann', 'Email Opened', START)]);
    await world.passTo(quietAt);
    world.clock.set(importedAt);
  });
  afterEach(() => world.close());

  const read = () => world.database.read;
  const enrolment = async () =>
    (await world.enrolments.forLead(read(), world.workspaceId, (await world.lead('ann')).id))[0];
  const told = async () => {
    const rows = await new ChangeStore().forLead(read(), world.workspaceId, (await world.lead('ann')).id, {
      limit: 50,
    });
    return rows.flatMap(({ kind, detail }) => (/^(sequence|alert)/.test(kind) ? [[kind, detail['evidence']]] : []));
  };
  const bringVisits = async () => {
    const job = await wizard.bring('events', visits);
    expect(await enrolment()).toMatchObject({ state: 'exited', reason: 'visited a page' });
    return job;
  };

  it('goes on where it stood, and the timeline says why', async () => {
    const job = await bringVisits();
    world.clock.advanceBy(1);
    await wizard.step(job.id, 'undo');
    expect(await enrolment()).toMatchObject({ state: 'active', stepIndex: 1, nextStepAt: quietAt + 72 * HOUR });
    expect(await told()).toEqual([
      ['sequence-resumed', 'the import that brought it is undone'],
      ['sequence-ended', undefined],
    ]);
    await world.passTo(quietAt + 73 * HOUR);
    const { items } = await world.messages.list(read(), world.workspaceId, { limit: 50 });
    expect(items.map(({ template }) => template)).toEqual(['re-engagement-2', 're-engagement-1']);
  });

  it('stays ended where the lead has come back besides', async () => {
    const job = await bringVisits();
    await world.send([track('ann', 'Case Study Downloaded', importedAt)]);
    await wizard.step(job.id, 'undo');
    expect(await enrolment()).toMatchObject({ state: 'exited', reason: 'downloaded something' });
    expect(await told()).toEqual([]);
  });

  it('stays ended where an unsubscribe came with the file', async () => {
    const job = await wizard.bring('events', `${visits}ann,Email Unsubscribed,${dayAfter}\n`);
    await wizard.step(job.id, 'undo');
    expect(await enrolment()).toMatchObject({ state: 'exited' });
    expect(await told()).toEqual([]);
  });

  const requests = [0, 1, 2].map((minute) => new Date(quietAt + HOUR + minute * 60_000).toISOString());
  const requestFile = ['user id,event,at', ...requests.map((at) => `ann,Demo Requested,${at}`), ''].join('\n');
  const alerts = async () => (await world.alerts.list(read(), world.workspaceId, { limit: 50 })).items.length;

  it('says of an alert it raised that what the alert named is withdrawn', async () => {
    const job = await wizard.bring('events', requestFile);
    await world.passTo(importedAt + 1);
    const raised = await alerts();
    expect(raised).toBeGreaterThan(0);
    await wizard.step(job.id, 'undo');
    expect(await alerts()).toBe(raised);
    expect(await told()).toContainEqual(['alert-weakened', 'the import that brought it is undone']);
  });

  it('says nothing of an alert that was there before it', async () => {
    await world.send(requests.map((at) => track('ann', 'Demo Requested', Date.parse(at) + 1)));
    await world.passTo(importedAt + 1);
    expect(await alerts()).toBeGreaterThan(0);
    world.clock.set(importedAt + DAY);
    const job = await wizard.bring('events', requestFile);
    await wizard.step(job.id, 'undo');
    expect(await told()).toEqual([]);
  });
});
