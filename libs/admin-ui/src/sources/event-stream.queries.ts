import { storedEventListSchema } from '@rekindle/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { useWorkspace } from '../workspace/workspace.context';

const LIVE_EVERY_MS = 2_000;
const PAGE_SIZE = 50;

export type StoredEvent = z.infer<typeof storedEventListSchema>['items'][number];
export type EventStatus = StoredEvent['status'];

/** Stored events, newest first; asked for again every two seconds while live. */
export function useEventStream(status: EventStatus | undefined, isLive: boolean) {
  const { client } = useWorkspace();
  return useInfiniteQuery({
    queryKey: ['events', 'stream', status ?? null],
    queryFn: ({ pageParam, signal }) =>
      client.read({
        path: '/api/events',
        schema: storedEventListSchema,
        query: { status, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? LIVE_EVERY_MS : false,
  });
}
