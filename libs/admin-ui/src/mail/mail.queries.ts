import { messageDetailSchema, messageListSchema } from '@rekindle/contracts';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { MessageState } from '../api/shapes';
import { useWorkspace } from '../workspace/workspace.context';

const LIVE_EVERY_MS = 5_000;
const PAGE_SIZE = 50;

/** Messages, newest first, page by page. */
export function useMessages(state: MessageState | undefined) {
  const { client } = useWorkspace();
  return useInfiniteQuery({
    queryKey: ['messages', 'list', state ?? null],
    queryFn: ({ pageParam, signal }) =>
      client.read({
        path: '/api/messages',
        schema: messageListSchema,
        query: { state, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_EVERY_MS,
  });
}

/** One message with its frozen content. */
export function useMessage(id: string) {
  const { client } = useWorkspace();
  return useQuery({
    queryKey: ['messages', 'one', id],
    queryFn: ({ signal }) =>
      client.read({ path: `/api/messages/${encodeURIComponent(id)}`, schema: messageDetailSchema, signal }),
  });
}
