import type { StoredEventList } from '@rekindle/contracts';
import { verdictWords } from '@rekindle/plugins';
import type { CompiledModel } from '@rekindle/scoring';
import type { EventRow, Page } from '@rekindle/store';
import { z } from 'zod';
import { recordAt } from '../ingest/json.record';
import { isoOf } from './score.mapping';

type StoredEvent = StoredEventList['items'][number];

const verdictSchema = z.object({ verdict: z.enum(['human', 'machine', 'unsure']), evidence: z.array(z.string()) });

/** Who did it, where that was asked. */
export function classificationOf({ payload }: EventRow): StoredEvent['classification'] {
  const parsed = verdictSchema.safeParse(payload['act']);
  return parsed.success ? { ...parsed.data, words: verdictWords(parsed.data) } : null;
}

/** The signal an event counts for, and what that is worth at `now`, before limits. */
export function worthOf(
  { signal: key, at }: EventRow,
  { document, decay }: CompiledModel,
  now: number,
): Pick<StoredEvent, 'signal' | 'signalLabel' | 'points'> {
  const signal = document.engagement.signals.find((each) => each.key === key);
  if (signal === undefined) return { signal: key, signalLabel: null, points: null };
  const points = signal.weightPoints * decay.shareAt(Math.max(0, now - at));
  return { signal: key, signalLabel: signal.label, points };
}

function eventOf(row: EventRow, model: CompiledModel, now: number): StoredEvent {
  const { payload, status } = row;
  const { properties: _properties, traits: _traits, act: _act, ...rest } = payload;
  const shown = status === 'rejected' ? rest : { ...recordAt(payload, 'traits'), ...recordAt(payload, 'properties') };
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
    ...worthOf(row, model, now),
    userId: row.userId,
    anonymousId: row.anonymousId,
    classification: classificationOf(row),
    properties: shown,
  };
}

/** A page of stored events as the API shows it; of a rejected one, what was kept of it. */
export function eventListOf(page: Page<EventRow>, model: CompiledModel, now: number): StoredEventList {
  return { items: page.items.map((row) => eventOf(row, model, now)), nextCursor: page.nextCursor };
}
