import type { timelineItemSchema } from '@rekindle/contracts';
import type { CompiledModel } from '@rekindle/scoring';
import type { AlertListItem, ChangeRow, EnrolmentRow, EventRow, FiringRow, MessageListItem } from '@rekindle/store';
import type { z } from 'zod';
import { classificationOf, worthOf } from './event.mapping';

type Item = z.infer<typeof timelineItemSchema>;

/** One line before it is put in order; `at` in epoch ms. */
export type TimelineLine = Omit<Item, 'at'> & { at: number };

const nothing = { detail: null, signal: null, points: null };

const deeds: Record<string, (name: string) => string> = {
  track: (name) => name,
  page: (name) => `Viewed ${name || 'a page'}`,
  screen: (name) => `Opened ${name || 'a screen'}`,
  identify: () => 'Introduced themselves',
  group: () => 'Joined a company',
  alias: () => 'Was recognised',
};

function eventTitle({ type, name }: EventRow): string {
  const deed = deeds[type ?? ''];
  return (deed && deed(name ?? '')) || name || 'Event';
}

/** A machine's act is shown, as excluded and why. */
function detailOf(row: EventRow, detail: string | null): string | null {
  const found = classificationOf(row);
  if (found === null || found.verdict === 'human') return detail;
  return found.verdict === 'machine' ? `Excluded, ${found.words}` : `${detail ?? 'Counted'}, ${found.words}`;
}

/** An event and what it is worth at `now`, before limits. */
export function eventLine(row: EventRow, now: number, model: CompiledModel): TimelineLine {
  const { signal, signalLabel, points } = worthOf(row, model, now);
  return {
    id: row.id,
    at: row.at,
    kind: 'event',
    title: eventTitle(row),
    detail: detailOf(row, signalLabel ?? row.code),
    signal,
    points,
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : 'none');

type Told = Pick<TimelineLine, 'kind' | 'title'> & { detail?: string };
type Named = readonly { key: string; label: string }[];

/** A crossing in the model's own labels. */
function moved(what: string, detail: ChangeRow['detail'], named: Named): string {
  const labelOf = (key: unknown) => named.find((one) => one.key === key)?.label ?? textOf(key);
  return `${what}: ${labelOf(detail['from'])} → ${labelOf(detail['to'])}`;
}

const sequenceEnded = (key: unknown): string => `Sequence “${textOf(key)}” ended`;

/** Every kind of change, as a timeline tells it. */
const changes: Record<string, (detail: ChangeRow['detail'], model: CompiledModel) => Told> = {
  band: (detail, { document }) => ({ kind: 'band', title: moved('Engagement', detail, document.engagement.bands) }),
  tier: (detail, { document }) => ({ kind: 'tier', title: moved('Usage', detail, document.usage.tiers) }),
  'sequence-ended': ({ sequence, reason }) => ({
    kind: 'enrolment',
    title: sequenceEnded(sequence),
    detail: textOf(reason),
  }),
  'sequence-resumed': ({ sequence, reason, evidence }) => ({
    kind: 'enrolment',
    title: `Sequence “${textOf(sequence)}” goes on`,
    detail: `“${textOf(reason)}” is withdrawn, ${textOf(evidence)}`,
  }),
  'alert-weakened': ({ alert, evidence }) => ({
    kind: 'alert',
    title: `Alert “${textOf(alert)}” rested on what is withdrawn`,
    detail: textOf(evidence),
  }),
};

/** What changed about a lead; an unknown kind is shown by its name. */
export function changeLine({ id, at, kind, detail }: ChangeRow, model: CompiledModel): TimelineLine {
  const told = changes[kind]?.(detail, model) ?? { kind: 'band', title: kind };
  return { ...nothing, id, at, ...told };
}

export const firingLine = (row: FiringRow, nameOf: (key: string) => string): TimelineLine => ({
  ...nothing,
  id: row.id,
  at: row.at,
  kind: 'firing',
  title: `Rule “${nameOf(row.ruleKey)}” fired`,
});

export const alertLine = (row: AlertListItem): TimelineLine => ({
  ...nothing,
  id: row.id,
  at: row.at,
  kind: 'alert',
  title: row.title,
  detail: row.sentence,
});

export const messageLine = (row: MessageListItem): TimelineLine => ({
  ...nothing,
  id: row.id,
  at: row.createdAt,
  kind: 'message',
  title: `Mail: ${row.subject}`,
  detail: [row.isCaught ? 'caught' : row.state, row.reason].filter(Boolean).join(', '),
});

/** Start of a sequence and, once it is over, its end with the reason. */
export function enrolmentLines(row: EnrolmentRow): TimelineLine[] {
  const line = { ...nothing, id: row.id, kind: 'enrolment' as const };
  const start = { ...line, at: row.startedAt, title: `Started sequence “${row.sequenceKey}”` };
  if (row.endedAt === null) return [start];
  const isCompleted = row.state === 'completed';
  const title = isCompleted ? `Sequence “${row.sequenceKey}” completed` : sequenceEnded(row.sequenceKey);
  return [start, { ...line, id: `${row.id}~end`, at: row.endedAt, title, detail: row.reason }];
}
