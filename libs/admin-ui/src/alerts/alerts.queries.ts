import { alertListSchema, alertSchema, type Alert } from '@rekindle/contracts';
import { useMutation, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { AdminClient } from '../api/admin.client';
import { usePages } from '../api/pages.hook';
import type { AlertList } from '../api/shapes';
import { useWorkspace } from '../workspace/workspace.context';

export type AlertState = Alert['state'];
type AlertPages = InfiniteData<AlertList, string | undefined>;

const ALERTS = 'alerts';
const LIVE_EVERY_MS = 5_000;
const PAGE_SIZE = 25;

const keyOf = (state: AlertState) => [ALERTS, 'list', state] as const;
const unreadKey = [ALERTS, 'unread'] as const;

/** Alerts in one state, newest first, page by page. */
export function useAlerts(state: AlertState) {
  return usePages({
    queryKey: keyOf(state),
    path: '/api/alerts',
    schema: alertListSchema,
    query: { state, limit: PAGE_SIZE },
    everyMs: LIVE_EVERY_MS,
  });
}

/** How many alerts nobody has worked yet; 0 until known. */
export function useUnreadAlerts(): number {
  const { client } = useWorkspace();
  const { data } = useQuery({
    queryKey: unreadKey,
    queryFn: async ({ signal }) => {
      const query = { state: 'unread', limit: 1 };
      return (await client.read({ path: '/api/alerts', schema: alertListSchema, query, signal })).unread;
    },
    refetchInterval: LIVE_EVERY_MS,
  });
  return data ?? 0;
}

const sendState = (client: AdminClient, id: string, state: AlertState): Promise<Alert> =>
  client.change({ method: 'PATCH', path: `/api/alerts/${id}`, body: { state }, schema: alertSchema });

/** The pages without one alert, totals corrected. */
export function withoutAlert(pages: AlertPages, id: string): AlertPages {
  const held = pages.pages.some((page) => page.items.some((alert) => alert.id === id)) ? 1 : 0;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      total: page.total - held,
      items: page.items.filter((alert) => alert.id !== id),
    })),
  };
}

function moveAtOnce(queries: QueryClient, alert: Alert, to: AlertState): () => void {
  const from = keyOf(alert.state);
  const pages = queries.getQueryData<AlertPages>(from);
  const unread = queries.getQueryData<number>(unreadKey);
  if (pages !== undefined) queries.setQueryData(from, withoutAlert(pages, alert.id));
  if (unread !== undefined) queries.setQueryData(unreadKey, Math.max(0, unread + (to === 'unread' ? 1 : -1)));
  return () => {
    queries.setQueryData(from, pages);
    queries.setQueryData(unreadKey, unread);
  };
}

export interface AlertMove {
  alert: Alert;
  to: AlertState;
}

/** Marks an alert done or unread: the list changes at once and changes back if the server refuses. */
export function useAlertMove() {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ alert, to }: AlertMove) => sendState(client, alert.id, to),
    onMutate: async ({ alert, to }) => {
      await queries.cancelQueries({ queryKey: [ALERTS] });
      return moveAtOnce(queries, alert, to);
    },
    onError: (_error, _move, undo) => undo?.(),
    onSettled: () => queries.invalidateQueries({ queryKey: [ALERTS] }),
  });
}
