import { storedEventListSchema } from '@rekindle/contracts';
import type { z } from 'zod';
import { usePages } from '../api/pages.hook';

const LIVE_EVERY_MS = 2_000;
const PAGE_SIZE = 50;

export type StoredEvent = z.infer<typeof storedEventListSchema>['items'][number];
export type EventStatus = StoredEvent['status'];

/** Stored events, newest first; asked for again every two seconds while live. */
export function useEventStream(status: EventStatus | undefined, isLive: boolean) {
  return usePages({
    queryKey: ['events', 'stream', status ?? null],
    path: '/api/events',
    schema: storedEventListSchema,
    query: { status, limit: PAGE_SIZE },
    everyMs: isLive ? LIVE_EVERY_MS : false,
    keepsLast: true,
  });
}
