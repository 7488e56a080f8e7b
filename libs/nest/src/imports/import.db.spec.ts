import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { OutcomeStore } from '@rekindle/store';
import { ImportFiles } from '../import-files/import.files';
import { DAY, identify, START, track, World } from '../world.fixture';
import { targets, Wizard } from './import.fixture';

const people = [
  'User ID,E-mail,First Name,Last Name,Company,Source',
  'u1,ann@acme.example,Ann,Lee,Acme,Google',
  'u2,BEN@Acme.example,Ben,Ode,Acme,google',
  'u3,,Cem,Kaya,Globex,Select',
  '',
].join('\n');

describe('importing leads', () => {
  let world: World;
  let wizard: Wizard;

  beforeEach(async () => {
    world = await World.open();
    wizard = new Wizard(world);
  });
  afterEach(() => world.close());

  it('proposes what each column becomes, which words mean "unknown" and which spellings mean the same', async () => {
    const { mapping, format, issues } = await wizard.upload('leads', `${people}u4,,Dee,Dow,,Google\n`);
    expect(mapping.columns.map(({ target }) => target)).toEqual([
      'userId',
      'email',
      'firstName',
      'lastName',
      'company',
      'trait:source',
    ]);
    expect(mapping.unknownValues).toEqual(['select']);
    expect(mapping.replacements).toEqual([{ column: 'Source', from: 'google', to: 'Google' }]);
    expect(format).toMatchObject({ shape: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true });
    expect(issues).toEqual([]);
  });

  it('says what it would do before it does anything', async () => {
    await world.send([identify('u1', START - DAY, { email: 'ann@acme.example' })]);
    const before = await world.count('ls_events');
    const { finding, state } = await wizard.check('leads', `${people}u4,not-an-address,Dee,Dow,,\n`);
    expect(state).toBe('checked');
    expect(finding).toMatchObject({
      rows: 4,
      importable: 3,
      unchanged: 0,
      rejected: 1,
      newRecords: 2,
      knownRecords: 1,
    });
    expect(finding?.errors).toEqual([
      { line: 5, code: 'invalid_email', reason: '“not-an-address” is not an e-mail address.' },
    ]);
    expect(finding?.samples[0]?.writes[0]).toMatchObject({ type: 'identify', userId: 'u1' });
    expect(await world.count('ls_events')).toBe(before);
  });

  it('makes leads with their traits and companies, unknown cells left out', async () => {
    const job = await wizard.bring('leads', people);
    expect(job).toMatchObject({ state: 'done', rowsDone: 3, imported: 3, unchanged: 0, rejected: 0 });
    expect(await world.lead('u1')).toMatchObject({ email: 'ann@acme.example', name: 'Ann Lee' });
    const [ben, cem] = [await world.lead('u2'), await world.lead('u3')];
    expect(ben).toMatchObject({ email: 'ben@acme.example', traits: { source: 'Google' } });
    expect(ben.accountId).toBe((await world.lead('u1')).accountId);
    expect(cem.traits).not.toHaveProperty('source');
    expect(cem.email).toBeNull();
  });

  it('changes nothing when the same file comes again, as another job, or a row stands in it twice', async () => {
    await wizard.bring('leads', people);
    const events = await world.count('ls_events');
    const again = await wizard.bring('leads', people);
    expect(again).toMatchObject({ imported: 0, unchanged: 3, finding: { importable: 3, unchanged: 3 } });
    const twice = await wizard.bring('leads', 'Email\nnew@x.example\nNEW@x.example\nnew@x.example\n');
    expect(twice).toMatchObject({ imported: 1, unchanged: 2 });
    expect(await world.count('ls_events')).toBe(events + 1);
    expect(await world.count('ls_leads')).toBe(4);
  });

  it('knows somebody by address alone, whoever they are already', async () => {
    await world.send([identify('ann', START - DAY, { email: 'ann@acme.example' })]);
    await wizard.bring('leads', 'email,Job Title\nAnn@acme.example,CTO\n');
    expect(await world.count('ls_leads')).toBe(1);
    expect(await world.lead('ann')).toMatchObject({ title: 'CTO' });
  });

  it('reads Latin-1, UTF-16 in both orders and UTF-8 with a mark, each with its own delimiter', async () => {
    const text = 'user id;name\r\nj1;Jürgen Groß\r\nj2;Zoé “Z”\r\n';
    const files = {
      'windows-1252': iconv.encode(text, 'windows-1252'),
      'utf-16le': iconv.encode(text, 'utf-16le', { addBOM: true }),
      'utf-16be': iconv.encode(text, 'utf-16be'),
      'utf-8': Buffer.from(`\ufeff${text}`),
    };
    for (const [encoding, file] of Object.entries(files)) {
      const job = await wizard.upload('leads', file);
      expect(job.format).toMatchObject({ encoding, delimiter: ';', columns: [{ name: 'user id' }, { name: 'name' }] });
      expect(job.format.sample).toEqual([
        ['j1', 'Jürgen Groß'],
        ['j2', 'Zoé “Z”'],
      ]);
    }
    await wizard.bring('leads', files['windows-1252']);
    expect(await world.lead('j1')).toMatchObject({ name: 'Jürgen Groß' });
  });

  it('finds bad rows and keeps them, line and reason, for a file that opens without running formulas', async () => {
    const file = [
      'user id,name,age',
      'a,Ann,5',
      'b,Ben',
      'c,"Cem,6',
      ',=cmd|calc,7',
      'd,Dee,old',
      'null,Eve,8',
      'e,Eve,9,extra',
      'f,  =HYPERLINK("x"),ten',
    ].join('\n');
    const job = await wizard.bring('leads', file, (mapping) => ({
      ...mapping,
      columns: mapping.columns.map((each) => (each.column === 'age' ? { ...each, type: 'number' } : each)),
    }));
    expect(job).toMatchObject({ state: 'done', imported: 1, rejected: 7 });
    const kept = await wizard.rejections(job.id);
    expect(kept.map(({ line, code }) => [line, code])).toEqual([
      [3, 'ragged_row'],
      [4, 'open_quote'],
      [5, 'no_id'],
      [6, 'not_a_number'],
      [7, 'no_id'],
      [8, 'ragged_row'],
      [9, 'not_a_number'],
    ]);
    expect(kept[3]?.reason).toBe('“old” in age is not a number.');
    const csv = await wizard.rejectedFile(job.id);
    expect(csv).toContain('"","\'=cmd|calc","7","5"');
    expect(csv).toContain(`"f","'=HYPERLINK(""x"")","ten","9"`);
    expect(csv.startsWith('\ufeff"user id","name","age","Rekindle line","Rekindle problem"\r\n')).toBe(true);
  });

  it('takes the mended file back as it was meant', async () => {
    const job = await wizard.bring('leads', 'user id,note\nu8,fine\n,=1+1\n');
    const mended = (await wizard.rejectedFile(job.id)).replace('""', '"u9"');
    await wizard.bring('leads', mended);
    expect((await world.lead('u9')).traits).toEqual({ note: '=1+1' });
  });

  it('keeps who asked for no mail from getting any', async () => {
    await wizard.bring('leads', 'user id,email,Do Not Email\na,a@x.example,Yes\nb,b@x.example,No\n');
    expect(await world.count('ls_suppressions')).toBe(1);
  });

  it('refuses what is no table: archives, workbooks, programs, pages, an empty file, 5,000 columns', async () => {
    const code = (file: Buffer | string) => wizard.upload('leads', file).catch((error) => [error.code, error.status]);
    expect(await code(gzipSync(Buffer.alloc(20_000_000, 0x20)))).toEqual(['not_a_table', 415]);
    expect(await code(Buffer.from('504b030414000600', 'hex'))).toEqual(['not_a_table', 415]);
    expect(await code(Buffer.from('4d5a90000300', 'hex'))).toEqual(['not_a_table', 415]);
    expect(await code('<!DOCTYPE html><p>no</p>')).toEqual(['not_a_table', 415]);
    expect(await code(Buffer.from([1, 0, 0, 0, 5, 0, 0, 7, 8]))).toEqual(['not_a_table', 415]);
    expect(await code('')).toEqual(['empty_file', 422]);
    expect(await code('[{"a":1}]')).toEqual(['json_array', 422]);
    expect(await code(Array.from({ length: 5_000 }, (_, index) => `c${index}`).join(','))).toEqual([
      'too_many_columns',
      422,
    ]);
    expect(await world.count('ls_imports')).toBe(0);
  });

  it('counts columns of the same name apart, names those without one and lets no column touch a prototype', async () => {
    const job = await wizard.upload('leads', 'user id,a,a,,__proto__\nu1,1,2,3,4\n');
    expect(job.format.columns.map(({ name }) => name)).toEqual(['user id', 'a', 'a (2)', 'Column 4', '__proto__']);
    const { issues } = await wizard.map(job, targets({ ['__proto__']: 'trait:__proto__', a: 'trait:constructor' }));
    expect(issues.map(({ path }) => path)).toEqual(['columns.1', 'columns.4']);
    await expect(wizard.step(job.id, 'check')).rejects.toMatchObject({ code: 'mapping_incomplete', status: 422 });
  });

  it('is bound to its workspace, its state and its file', async () => {
    const job = await wizard.upload('leads', people);
    const path = world.get(ImportFiles).pathOf(job.id);
    await expect(wizard.service.byId('another', job.id)).rejects.toMatchObject({ status: 404 });
    await expect(wizard.service.begin('another', job.id, 'check')).rejects.toMatchObject({ status: 404 });
    await expect(wizard.step(job.id, 'run')).rejects.toMatchObject({ code: 'wrong_state', status: 409 });
    await expect(wizard.step(job.id, 'undo')).rejects.toMatchObject({ status: 409 });
    expect(existsSync(path)).toBe(true);
    await wizard.service.discard(world.workspaceId, job.id);
    expect(existsSync(path)).toBe(false);
    await expect(wizard.service.byId(world.workspaceId, job.id)).rejects.toMatchObject({ status: 404 });
  });
});

describe('importing accounts, events and outcomes', () => {
  let world: World;
  let wizard: Wizard;

  beforeEach(async () => {
    world = await World.open();
    wizard = new Wizard(world);
  });
  afterEach(() => world.close());

  it('describes accounts without making up people, and joins them to leads by name', async () => {
    await wizard.bring('accounts', 'account,sector,employees\nAcme,software,120\nGlobex,retail,7\n');
    expect(await world.count('ls_leads')).toBe(0);
    expect(await world.count('ls_accounts')).toBe(2);
    await wizard.bring('leads', 'user id,company\nu1,ACME\n');
    const account = await world.database.read.query<{ traits: string }>(
      'SELECT "traits" FROM "ls_accounts" WHERE "id" = ?',
      [(await world.lead('u1')).accountId],
    );
    expect(JSON.parse(account[0]?.traits ?? '')).toMatchObject({ name: 'Acme', industry: 'software', employees: 120 });
  });

  it('scores imported events as of their own time, exactly as if they had been sent', async () => {
    const file =
      'user id,event,at,plan\nu1,Pricing Page Viewed,2025-05-01 10:00:00,pro\nu1,Demo Requested,2025-05-20,\n';
    await wizard.bring('events', file);
    await world.send([
      track('u2', 'Pricing Page Viewed', Date.UTC(2025, 4, 1, 10), { properties: { plan: 'pro' } }),
      track('u2', 'Demo Requested', Date.UTC(2025, 4, 20)),
    ]);
    const [imported, sent] = [await world.score('u1'), await world.score('u2')];
    expect(imported.engagement.points).toBeGreaterThan(0);
    expect(imported.engagement).toEqual(sent.engagement);
  });

  it('reads NDJSON with nested fields, epoch times and one event for all rows', async () => {
    const rows = [
      { ts: START - DAY, user: { id: 7 }, properties: { feature: 'api', depth: { a: [1] } } },
      { ts: START - 2 * DAY, user: { id: 7 }, properties: { feature: 'dashboard' } },
    ];
    const file = `${rows.map((row) => JSON.stringify(row)).join('\n')}\nnot json\n[1]\n`;
    const job = await wizard.bring('events', file, (mapping) => ({
      ...mapping,
      constants: { event: 'Feature Used' },
    }));
    expect(job).toMatchObject({ imported: 2, rejected: 2, format: { shape: 'ndjson' } });
    const { usage } = await world.score('7');
    expect(usage).toMatchObject({ events30d: 2, distinctFeatures: 2 });
  });

  it('counts an event once however often and however it is mapped', async () => {
    const file = 'user id,event,at,plan\nu1,Demo Requested,2025-05-20,pro\n';
    await wizard.bring('events', file);
    const again = await wizard.bring('events', file, targets({ plan: 'property:tier' }));
    expect(again).toMatchObject({ imported: 0, unchanged: 1 });
    expect(await world.count('ls_events')).toBe(1);
  });

  it('refuses events without a time, with a time to come and with a day that does not exist', async () => {
    const job = await wizard.bring(
      'events',
      'user id,event,at\nu1,A,2025-05-01\nu1,B,\nu1,C,2026-01-01\nu1,D,31.02.2025\nu1,E,13/01/2025\n',
    );
    expect((await wizard.rejections(job.id)).map(({ code }) => code)).toEqual([
      'no_date',
      'date_in_future',
      'not_a_date',
    ]);
    expect(job.mapping.dateOrder).toBe('day-first');
  });

  it('keeps how deals ended, once each, and says whom it does not know', async () => {
    await wizard.bring('leads', 'user id\nd1\nd2\nd3\n');
    const file =
      'deal id,stage,close date,amount\nd1,Won,3/1/2025,1000\nd2,Lost,3/2/2025,\nd3,Engaging,,\nd9,Won,3/3/2025,5\n';
    const check = await wizard.check('outcomes', file);
    expect(check.finding).toMatchObject({
      importable: 2,
      skipped: 1,
      rejected: 1,
      errors: [{ line: 5, code: 'unknown_lead' }],
    });
    const job = await wizard.step(check.id, 'run');
    expect(job).toMatchObject({ imported: 2, skipped: 1, rejected: 1 });
    const store = new OutcomeStore();
    const won = await store.forLead(world.database.read, world.workspaceId, (await world.lead('d1')).id);
    expect(won).toMatchObject([{ outcome: 'won', at: Date.UTC(2025, 2, 1), amount: 1000 }]);
    expect(await wizard.bring('outcomes', file)).toMatchObject({ imported: 0, unchanged: 2 });
    await wizard.step(job.id, 'undo');
    expect(await world.count('ls_outcomes')).toBe(0);
  });
});
