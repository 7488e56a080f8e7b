import type { storedEventListSchema } from '@rekindle/contracts';
import { verdictWords } from '@rekindle/plugins';
import type { EventRow, Page } from '@rekindle/store';
import { z } from 'zod';
import { isoOf } from './score.mapping';

type StoredEventList = z.infer<typeof storedEventListSchema>;
type StoredEvent = StoredEventList['items'][number];

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const verdictSchema = z.object({ verdict: z.enum(['human', 'machine', 'unsure']), evidence: z.array(z.string()) });

/** Who did it, where that was asked. */
export function classificationOf({ payload }: EventRow): StoredEvent['classification'] {
  const parsed = verdictSchema.safeParse(payload['act']);
  return parsed.success ? { ...parsed.data, words: verdictWords(parsed.data) } : null;
}

function eventOf(row: EventRow): StoredEvent {
  const { properties, traits, act: _act, ...rest } = row.payload;
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
    classification: classificationOf(row),
    properties: shown,
  };
}

/** A page of stored events as the API shows it; of a rejected one, what was kept of it. */
export function eventListOf(page: Page<EventRow>): StoredEventList {
  return { items: page.items.map(eventOf), nextCursor: page.nextCursor };
}
