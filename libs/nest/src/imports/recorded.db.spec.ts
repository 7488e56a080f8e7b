import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Import, ImportKind } from '@rekindle/contracts';
import { OutcomeStore, type OutcomeRow } from '@rekindle/store';
import { recordedPath } from '@rekindle/testing';
import { World } from '../world.fixture';
import { Wizard, type Remap } from './import.fixture';

const folder = recordedPath('leads') ?? '';

/** The plainest reading of these files: none has a line end inside quotes. */
function tableOf(file: string): Record<string, string>[] {
  const cellsOf = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const [header = '', ...lines] = readFileSync(join(folder, file), 'utf8').split(/\r?\n/).filter(Boolean);
  const names = cellsOf(header);
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, index) => [names[index] ?? '', cell])));
}

const distinct = (values: readonly (string | undefined)[]): number => new Set(values).size;

const stories = (): void => {
  let world: World;
  let wizard: Wizard;

  beforeEach(async () => {
    world = await World.open();
    wizard = new Wizard(world);
  });
  afterEach(() => world.close());

  const bring = (kind: ImportKind, file: string, remap?: Remap): Promise<Import> =>
    wizard.bring(kind, createReadStream(join(folder, file)), remap);
  const outcomes = async (): Promise<OutcomeRow[]> => {
    const store = new OutcomeStore();
    const all: OutcomeRow[] = [];
    for (;;) {
      const page = await store.after(world.database.read, world.workspaceId, all.at(-1)?.id ?? '', 5_000);
      if (page.length === 0) return all;
      all.push(...page);
    }
  };
  const traitCounts = async (trait: string): Promise<Record<string, number>> => {
    const rows = await world.database.read.query<{ value: string | null; count: number }>(
      `SELECT json_extract("traits", '$."' || ? || '"') AS "value", COUNT(*) AS "count" FROM "ls_leads" GROUP BY 1`,
      [trait],
    );
    return Object.fromEntries(rows.map(({ value, count }) => [String(value), Number(count)]));
  };

  it('of 9,240 course leads come in whole: "Select" is unknown, google is Google, what came later is left out', async () => {
    const table = tableOf('x_education_leads.csv');
    const job = await bring('leads', 'x_education_leads.csv');
    expect(table).toHaveLength(9_240);
    expect(job).toMatchObject({ state: 'done', imported: 9_240, rejected: 0, unchanged: 0 });
    expect(await world.count('ls_leads')).toBe(distinct(table.map((row) => row['Prospect ID'])));
    const target = (column: string) => job.mapping.columns.find((each) => each.column === column)?.target;
    expect(['Tags', 'Last Notable Activity', 'Converted', 'Column 38'].map(target)).toEqual([null, null, null, null]);
    expect(job.format.columns.at(-1)).toMatchObject({ isEmpty: true, warning: 'empty' });
    const sources = await traitCounts('lead_source');
    const isGoogle = (row: Record<string, string>) => row['Lead Source']?.toLowerCase() === 'google';
    expect(sources['Google']).toBe(table.filter(isGoogle).length);
    expect(sources['google']).toBeUndefined();
    const cities = await traitCounts('city');
    expect(cities['Select']).toBeUndefined();
    expect(cities['null']).toBe(table.filter((row) => ['', 'Select'].includes(row['City'] ?? '')).length);
    expect(await bring('leads', 'x_education_leads.csv')).toMatchObject({ imported: 0, unchanged: 9_240 });
  }, 120_000);

  it('of the same leads say who converted', async () => {
    const table = tableOf('x_education_leads.csv');
    await bring('leads', 'x_education_leads.csv');
    const job = await bring('outcomes', 'x_education_leads.csv', (mapping) => ({
      ...mapping,
      constants: { at: '2025-01-01T00:00:00Z' },
    }));
    expect(job).toMatchObject({ imported: 9_240, rejected: 0 });
    const converted = table.filter((row) => row['Converted'] === '1').length;
    expect(converted).toBe(3_561);
    expect((await outcomes()).filter(({ outcome }) => outcome === 'converted')).toHaveLength(converted);
  }, 120_000);

  it('of 8,000 marketing leads and their 842 deals join, also those won before the first contact', async () => {
    const [leads, deals] = [tableOf('olist_mql_iso_dates.csv'), tableOf('olist_closed_deals_iso.csv')];
    expect(await bring('leads', 'olist_mql_iso_dates.csv')).toMatchObject({ imported: 8_000, rejected: 0 });
    expect(await world.count('ls_leads')).toBe(distinct(leads.map((row) => row['mql_id'])));
    const job = await bring('outcomes', 'olist_closed_deals_iso.csv', (mapping) => ({
      ...mapping,
      constants: { outcome: 'won' },
    }));
    expect(job).toMatchObject({ imported: 842, rejected: 0 });
    const stored = (await outcomes()).map(({ at }) => at).sort();
    expect(stored).toEqual(deals.map((row) => Date.parse(`${row['won_date']?.replace(' ', 'T')}Z`)).sort());
  }, 120_000);

  it('of a CRM become accounts, deals and how they ended, with American dates read as such', async () => {
    const deals = tableOf('maven_crm/sales_pipeline.csv');
    const accounts = await bring('accounts', 'maven_crm/accounts.csv');
    expect(accounts).toMatchObject({ imported: 85, rejected: 0 });
    const leads = await bring('leads', 'maven_crm/sales_pipeline.csv');
    expect(leads).toMatchObject({ imported: 8_800, rejected: 0, mapping: { dateOrder: 'month-first' } });
    expect(await world.count('ls_accounts')).toBe(distinct(deals.flatMap((row) => row['account'] || [])));
    const ended = await bring('outcomes', 'maven_crm/sales_pipeline.csv');
    const won = deals.filter((row) => row['deal_stage'] === 'Won');
    const open = deals.filter((row) => !['Won', 'Lost'].includes(row['deal_stage'] ?? ''));
    expect(ended).toMatchObject({ imported: 8_800 - open.length, skipped: open.length, rejected: 0 });
    const stored = (await outcomes()).filter(({ outcome }) => outcome === 'won');
    const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
    expect(stored).toHaveLength(won.length);
    expect(sum(stored.map(({ amount }) => amount ?? 0))).toBe(sum(won.map((row) => Number(row['close_value']))));
    const american = (date = ''): number => {
      const [month = 0, day = 0, year = 0] = date.split('/').map(Number);
      return Date.UTC(year, month - 1, day);
    };
    expect(stored.map(({ at }) => at).sort()).toEqual(won.map((row) => american(row['close_date'])).sort());
  }, 120_000);

  it('of products and sales people are read row by row as well', async () => {
    expect(await bring('accounts', 'maven_crm/products.csv')).toMatchObject({ imported: 7, rejected: 0 });
    expect(await bring('leads', 'maven_crm/sales_teams.csv')).toMatchObject({ imported: 35, rejected: 0 });
  });
};

describe('a file as a CRM exports it', () => {
  it('gives its deals and how they ended, with American dates read as such', async () => {
    const world = await World.open();
    const file = 'opportunity_id,deal_stage,close_date,close_value\nC1,Won,3/1/2017,1054\nX2,Lost,12/31/2017,0\n';
    const wizard = new Wizard(world);
    await wizard.bring('leads', file);
    const job = await wizard.bring('outcomes', file);
    const stored = await new OutcomeStore().after(world.database.read, world.workspaceId, '', 10);
    await world.close();
    expect(job).toMatchObject({ imported: 2, rejected: 0, mapping: { dateOrder: 'month-first' } });
    expect(stored.map(({ outcome, at }) => [outcome, at]).sort()).toEqual([
      ['lost', Date.UTC(2017, 11, 31)],
      ['won', Date.UTC(2017, 2, 1)],
    ]);
  });
});

if (folder !== '') describe('the recorded files', stories);
