import { leadSortSchema } from '@rekindle/contracts';
import { z } from 'zod';

/** Page sizes on offer. */
export const leadPageSizes = [25, 50, 100] as const;

const isPageSize = (value: number): boolean => leadPageSizes.some((size) => size === value);

const optionalText = (most: number) => z.string().trim().min(1).max(most).optional().catch(undefined);

/**
 * The state of the Leads page as it stands in the address. Anything unreadable falls back to its default, so that
 * an old or mistyped address still opens.
 */
export const leadsSearchSchema = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  sort: leadSortSchema.catch('-priority').default('-priority'),
  band: optionalText(64),
  tier: optionalText(64),
  grade: z.enum(['A', 'B', 'C', 'D']).optional().catch(undefined),
  owner: optionalText(320),
  limit: z.coerce.number().refine(isPageSize).catch(50).default(50),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
  cursor: optionalText(2_000),
});
export type LeadsSearch = z.infer<typeof leadsSearchSchema>;

/** What an address without a query means; these never stand in the address. */
export const leadsSearchDefaults = {
  q: '',
  sort: '-priority',
  limit: 50,
  page: 1,
} as const satisfies Partial<LeadsSearch>;

/** The filters that show as chips. */
export const leadFilterKeys = ['band', 'tier', 'grade', 'owner'] as const;
export type LeadFilterKey = (typeof leadFilterKeys)[number];

/** A change of search, sort or filters starts again at the first page. */
export const withFirstPage = (search: LeadsSearch, patch: Partial<LeadsSearch>): LeadsSearch => ({
  ...search,
  ...patch,
  page: 1,
  cursor: undefined,
});

/** Everything off; order and page size stay. */
export const withoutFilters = (search: LeadsSearch): LeadsSearch =>
  withFirstPage(search, { q: '', band: undefined, tier: undefined, grade: undefined, owner: undefined });

/** True when the list is narrowed by anything. */
export const isNarrowed = (search: LeadsSearch): boolean =>
  search.q !== '' || leadFilterKeys.some((key) => search[key] !== undefined);

/** The query of `GET /api/leads`. */
export function leadsQueryOf(search: LeadsSearch): Record<string, string | number | undefined> {
  const { q, sort, band, tier, grade, owner, limit, cursor } = search;
  return { sort, limit, q: q === '' ? undefined : q, band, tier, grade, owner, cursor };
}
