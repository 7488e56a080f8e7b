import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { aRow, fakeServer, problem, visit, type Answer } from '../workspace/world.fixture';
import { LeadsPage } from './leads.page';
import { changedLeads } from './leads.queries';
import { leadsSearchSchema, type LeadsSearch } from './leads.search';

const at = '2026-11-21T12:00:00.000Z';
const pageOf = (items = [aRow()], nextCursor: string | null = null): Answer => ({
  body: { at, items, nextCursor, total: items.length },
});

function open(search: Partial<LeadsSearch>, answer: () => Answer, trail: string[] = []) {
  const went: { search: LeadsSearch; trail: readonly string[] }[] = [];
  const server = fakeServer(answer);
  const view = visit(
    <LeadsPage
      search={leadsSearchSchema.parse(search)}
      trail={trail}
      onSearch={(next, nextTrail) => void went.push({ search: next, trail: nextTrail })}
    />,
    server.client,
  );
  return { ...server, ...view, turned: went };
}

describe('the list of leads', () => {
  it('shows each lead with score, band, change, priority, tier and owner in words', async () => {
    open({}, () => pageOf());
    const row = (await screen.findByRole('link', { name: 'Mei Zhang' })).closest('tr');
    const cells = within(row ?? document.body)
      .getAllByRole('cell')
      .map((cell) => cell.textContent);
    expect(cells).toEqual([
      'Mei ZhangCTO · mei.zhang@example.com',
      'Bluefin',
      '72High',
      '▲+3.2',
      '',
      'A1Call today',
      'Power',
      '2m ago',
      'Ana Silva',
    ]);
  });

  it('never shows a number for a lead without a score', async () => {
    const engagement = { score: 0, points: 0, band: null, state: 'none' as const, change7d: 0, spark: [0, 0] };
    open({}, () => pageOf([aRow({ engagement })]));
    expect(await screen.findByText('No score')).toBeTruthy();
    expect(screen.queryByText('0')).toBeNull();
  });

  it('asks the server for what the address says', async () => {
    const { asked } = open({ q: 'mei', band: 'high', sort: '-engagement', limit: 25 }, () => pageOf());
    await screen.findByRole('link', { name: 'Mei Zhang' });
    expect(asked[0]?.path).toBe('/api/leads?sort=-engagement&limit=25&q=mei&band=high');
  });

  it('searches after a pause in typing, from the first page on', async () => {
    const { turned } = open({ page: 2, cursor: 'c1' }, () => pageOf());
    fireEvent.change(await screen.findByRole('searchbox'), { target: { value: 'novak' } });
    await waitFor(() => expect(turned).toHaveLength(1));
    expect(turned[0]?.search).toMatchObject({ q: 'novak', page: 1, cursor: undefined });
  });

  it('turns pages forth and back along the cursors', async () => {
    const { turned } = open({ page: 2, cursor: 'c1' }, () => pageOf([aRow()], 'c2'), []);
    fireEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    fireEvent.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(turned.map(({ search, trail }) => [search.page, search.cursor, trail])).toEqual([
      [3, 'c2', ['c1']],
      [1, undefined, []],
    ]);
  });

  it('keeps saying where the shown rows stand, and turns no further, until the next page has come', async () => {
    const waiting: ((answer: Answer) => void)[] = [];
    const whole = { at, items: [aRow()], total: 27 };
    const { client } = fakeServer(({ path }) =>
      path.includes('cursor=c1')
        ? new Promise<Answer>((answer) => void waiting.push(answer))
        : { body: { ...whole, nextCursor: 'c1' } },
    );
    function Host() {
      const [search, setSearch] = useState(leadsSearchSchema.parse({ limit: 25 }));
      return <LeadsPage search={search} trail={[]} onSearch={setSearch} />;
    }
    visit(<Host />, client);
    const next = await screen.findByRole('button', { name: 'Next page' });
    fireEvent.click(next);
    fireEvent.click(next);
    await waitFor(() => expect(waiting).toHaveLength(1));
    expect(screen.getByText('1–1 of 27')).toBeTruthy();
    waiting[0]?.({ body: { ...whole, nextCursor: 'c2' } });
    expect(await screen.findByText('26–26 of 27')).toBeTruthy();
  });

  it('walks along the rows with j and k', async () => {
    open({}, () => pageOf([aRow(), aRow({ id: 'lead-2', name: 'Tomás Novák' })]));
    await screen.findByRole('link', { name: 'Mei Zhang' });
    fireEvent.keyDown(document.documentElement, { key: 'j', code: 'KeyJ' });
    fireEvent.keyDown(document.documentElement, { key: 'j', code: 'KeyJ' });
    expect(document.activeElement?.textContent).toBe('Tomás Novák');
    fireEvent.keyDown(document.documentElement, { key: 'k', code: 'KeyK' });
    expect(document.activeElement?.textContent).toBe('Mei Zhang');
  });

  it('offers one way out when nothing matches', async () => {
    const { turned } = open({ q: 'zzz', grade: 'A' }, () => pageOf([]));
    fireEvent.click(await screen.findByRole('button', { name: 'Clear search and filters' }));
    expect(turned[0]?.search).toMatchObject({ q: '', grade: undefined });
  });

  it('says what went wrong, with the request’s id, and tries again', async () => {
    const answers = [problem(503, 'The database is busy.'), pageOf()];
    open({}, () => answers.shift() ?? pageOf());
    expect(await screen.findByText('The database is busy.')).toBeTruthy();
    expect(screen.getByText('Request req-1')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Mei Zhang' })).toBeTruthy();
  });
});

describe('which rows moved', () => {
  const list = (items: ReturnType<typeof aRow>[]) => ({ at, items, nextCursor: null, total: items.length });

  it('marks a lead that did something, not one that merely decayed', () => {
    const before = list([aRow(), aRow({ id: 'lead-2' })]);
    const decayed = { ...aRow().engagement, score: 72.3 };
    const after = list([
      aRow({ engagement: decayed }),
      aRow({ id: 'lead-2', lastActivityAt: '2026-11-21T12:00:03.000Z' }),
    ]);
    expect([...changedLeads(before, after)]).toEqual(['lead-2']);
  });

  it('marks a lead that came onto the page by an event, not one that moved up because another left', () => {
    const newcomer = aRow({ id: 'lead-3', lastActivityAt: '2026-11-21T12:00:03.000Z' });
    const risen = aRow({ id: 'lead-4', lastActivityAt: '2026-11-01T00:00:00.000Z' });
    expect([...changedLeads(list([aRow()]), list([aRow(), newcomer, risen]))]).toEqual(['lead-3']);
  });
});
