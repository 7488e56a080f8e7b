import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import type { z } from 'zod';
import { useWorkspace } from '../workspace/workspace.context';
import { polling } from './polling';

interface Pages<Page> {
  queryKey: QueryKey;
  path: string;
  schema: z.ZodType<Page>;
  query: Record<string, string | number | undefined>;
  /** How often to ask again, or how often by what is there; false: never. */
  everyMs: number | false | ((pages: readonly Page[]) => number | false);
  /** True where what was asked for before stays until the answer is there. */
  keepsLast?: boolean;
}

/** A list that the server hands out page by page, newest first. */
export function usePages<Page extends { nextCursor: string | null }>(pages: Pages<Page>) {
  const { queryKey, path, schema, query, everyMs, keepsLast = false } = pages;
  const { client } = useWorkspace();
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => client.read({ path, schema, query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => page.nextCursor ?? undefined,
    placeholderData: keepsLast ? keepPreviousData : undefined,
    refetchInterval: typeof everyMs === 'function' ? ({ state }) => everyMs(state.data?.pages ?? []) : polling(everyMs),
    refetchOnWindowFocus: everyMs !== false,
  });
}
