import type { storedEventListSchema } from '@rekindle/contracts';
import type { EventRow, Page } from '@rekindle/store';
import type { z } from 'zod';
import { isoOf } from './score.mapping';

type StoredEventList = z.infer<typeof storedEventListSchema>;

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function eventOf(row: EventRow): StoredEventList['items'][number] {
  const { properties, traits, ...rest } = row.payload;
  const shown = row.status === 'rejected' ? rest : { ...recordOf(traits), ...recordOf(properties) };
  return {
    id: row.id,
    messageId: row.messageId,
    leadId: row.leadId,
    type: row.type,
    name: row.name,
    timestamp: isoOf(row.timestamp),
    receivedAt: isoOf(row.receivedAt),
    status: row.status,
    code: row.code,
    signal: row.signal,
    userId: row.userId,
    anonymousId: row.anonymousId,
    properties: shown,
  };
}

/** A page of stored events as the API shows it; of a rejected one, what was kept of it. */
export function eventListOf(page: Page<EventRow>): StoredEventList {
  return { items: page.items.map(eventOf), nextCursor: page.nextCursor };
}
