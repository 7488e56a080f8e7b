import {
  isNarrowed,
  leadsQueryOf,
  leadsSearchDefaults,
  leadsSearchSchema,
  withFirstPage,
  withoutFilters,
} from './leads.search';

const read = (query: string) => leadsSearchSchema.parse(Object.fromEntries(new URLSearchParams(query)));

describe('the address of the Leads page', () => {
  it('opens the most promising leads, 50 a page, when nothing is said', () => {
    expect(read('')).toMatchObject(leadsSearchDefaults);
    expect(leadsQueryOf(read(''))).toEqual({ sort: '-priority', limit: 50 });
  });

  it('carries search, sort, filters and page size', () => {
    expect(
      read('q=novak&sort=-engagement&band=high&tier=power&grade=A&owner=ana%40example.com&limit=25'),
    ).toMatchObject({
      q: 'novak',
      sort: '-engagement',
      band: 'high',
      tier: 'power',
      grade: 'A',
      owner: 'ana@example.com',
      limit: 25,
    });
  });

  it('opens with defaults where an address is mistyped or out of date', () => {
    expect(read('sort=-shoe-size&grade=E&limit=7&page=-3&band=')).toEqual({ ...leadsSearchDefaults });
  });

  it('starts again at the first page when a filter changes', () => {
    const third = read('page=3&cursor=abc&limit=25');
    expect(withFirstPage(third, { band: 'high' })).toMatchObject({
      band: 'high',
      page: 1,
      cursor: undefined,
      limit: 25,
    });
  });

  it('clears search and filters but keeps order and page size', () => {
    const cleared = withoutFilters(read('q=x&band=high&owner=a%40example.com&sort=-engagement&limit=100'));
    expect(isNarrowed(cleared)).toBe(false);
    expect(cleared).toMatchObject({ sort: '-engagement', limit: 100 });
  });

  it('keeps a search made of digits as text', () => {
    expect(read('q=0042').q).toBe('0042');
  });
});
