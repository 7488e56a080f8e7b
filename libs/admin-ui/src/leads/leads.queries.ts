import { leadListSchema } from '@rekindle/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { polling } from '../api/polling';
import type { LeadList } from '../api/shapes';
import { useWorkspace } from '../workspace/workspace.context';
import { leadsQueryOf, type LeadsSearch } from './leads.search';

/** How often the open list asks for news. */
export const LIVE_EVERY_MS = 4_000;

/** A page of leads and the place of its first row in the whole list, counted from 1. */
export interface LeadListPage extends LeadList {
  first: number;
}

/**
 * One page of leads. The first page follows events while `isLive`; later pages stay as of the first page's instant.
 * Until a page has come the one before it stays, as placeholder data, with its own place in the list.
 */
export function useLeads(search: LeadsSearch, isLive: boolean) {
  const { client } = useWorkspace();
  const query = leadsQueryOf(search);
  return useQuery({
    queryKey: ['leads', query, search.page],
    queryFn: async ({ signal }): Promise<LeadListPage> => {
      const list = await client.read({ path: '/api/leads', schema: leadListSchema, query, signal });
      return { ...list, first: (search.page - 1) * search.limit + 1 };
    },
    placeholderData: keepPreviousData,
    refetchInterval: polling(isLive && search.cursor === undefined ? LIVE_EVERY_MS : false),
  });
}

/** Ids of the leads of `next` that did something since `previous` was read. */
export function changedLeads(previous: LeadList, next: LeadList): ReadonlySet<string> {
  const before = new Map(previous.items.map((row) => [row.id, row.lastActivityAt]));
  const hasMoved = (id: string, lastActivityAt: string | null): boolean => {
    const known = before.get(id);
    if (known !== undefined) return known !== lastActivityAt;
    return lastActivityAt !== null && lastActivityAt > previous.at;
  };
  return new Set(next.items.filter((row) => hasMoved(row.id, row.lastActivityAt)).map((row) => row.id));
}

const nothing: ReadonlySet<string> = new Set();

/** Which rows moved with the latest refetch of the same list; empty after a change of list (`listKey`). */
export function useChangedLeads(list: LeadList | undefined, listKey: string): ReadonlySet<string> {
  const [seen, setSeen] = useState({ list, listKey, changed: nothing });
  if (seen.list !== list || seen.listKey !== listKey) {
    const isSameList = seen.listKey === listKey && seen.list !== undefined && list !== undefined;
    setSeen({ list, listKey, changed: isSameList ? changedLeads(seen.list ?? list, list) : nothing });
  }
  return seen.changed;
}
