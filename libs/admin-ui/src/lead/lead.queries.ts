import { leadDetailSchema, leadHistorySchema, timelineSchema } from '@rekindle/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { usePages } from '../api/pages.hook';
import { polling } from '../api/polling';
import { useWorkspace } from '../workspace/workspace.context';

const LIVE_EVERY_MS = 5_000;
const CHART_EVERY_MS = 30_000;
const PAGE_SIZE = 15;

/** How far the dashed line looks ahead, for a period of `days`. */
export const forecastDaysFor = (days: number): number => Math.max(14, Math.round(days / 3));

const pathOf = (id: string): string => `/api/leads/${encodeURIComponent(id)}`;

/** A lead with its score as of now; follows events. */
export function useLead(id: string) {
  const { client } = useWorkspace();
  return useQuery({
    queryKey: ['leads', 'one', id],
    queryFn: ({ signal }) => client.read({ path: pathOf(id), schema: leadDetailSchema, signal }),
    refetchInterval: polling(LIVE_EVERY_MS),
  });
}

/** Score over time: `days` back and a third as much ahead. */
export function useLeadHistory(id: string, days: number) {
  const { client } = useWorkspace();
  return useQuery({
    queryKey: ['leads', 'history', id, days],
    queryFn: ({ signal }) =>
      client.read({
        path: `${pathOf(id)}/history`,
        schema: leadHistorySchema,
        query: { days, forecastDays: forecastDaysFor(days) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: polling(CHART_EVERY_MS),
  });
}

/** What happened, newest first, page by page. */
export function useTimeline(id: string) {
  return usePages({
    queryKey: ['leads', 'timeline', id],
    path: `${pathOf(id)}/timeline`,
    schema: timelineSchema,
    query: { limit: PAGE_SIZE },
    everyMs: LIVE_EVERY_MS,
  });
}
