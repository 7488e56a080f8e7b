import { messageDetailSchema, messageListSchema } from '@rekindle/contracts';
import { useQuery } from '@tanstack/react-query';
import { usePages } from '../api/pages.hook';
import type { MessageState } from '../api/shapes';
import { useWorkspace } from '../workspace/workspace.context';

const LIVE_EVERY_MS = 5_000;
const PAGE_SIZE = 50;

/** Messages, newest first, page by page. */
export function useMessages(state: MessageState | undefined) {
  return usePages({
    queryKey: ['messages', 'list', state ?? null],
    path: '/api/messages',
    schema: messageListSchema,
    query: { state, limit: PAGE_SIZE },
    everyMs: LIVE_EVERY_MS,
    keepsLast: true,
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
