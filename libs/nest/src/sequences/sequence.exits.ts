import type { CompiledModel } from '@rekindle/scoring';
import { EventStore, type Sql } from '@rekindle/store';
import { scoringEventOfRow } from '../ingest/scored.leads';
import type { ExitKind, SequenceDocument } from './sequence.schema';

const events = new EventStore();

/** How an exit reads in a timeline: "ended: …". */
export const exitReasons: Record<ExitKind, string> = {
  reply: 'replied',
  request: 'asked for a demo',
  visit: 'visited a page',
  download: 'downloaded something',
  click: 'clicked a link',
  social: 'reacted on social media',
};

/** The model's signals that end a sequence, each with its kind, in the model's order. */
export function signalsThatEnd(document: SequenceDocument, model: CompiledModel): Map<string, ExitKind> {
  const ending = new Map<string, ExitKind>();
  for (const { key, kind } of model.document.engagement.signals) {
    const exit = document.exits.find((candidate) => candidate === kind);
    if (exit !== undefined) ending.set(key, exit);
  }
  return ending;
}

/** An event that ends a sequence. */
export interface EndingSign {
  kind: ExitKind;
  messageId: string;
  /** Epoch ms. */
  receivedAt: number;
}

/** The first thing a lead has done since an instant (epoch ms) that ends a sequence; null if it has done none. */
export async function firstEndingSign(
  sql: Sql,
  of: { workspaceId: string; leadId: string; model: CompiledModel },
  since: { document: SequenceDocument; after: number },
): Promise<EndingSign | null> {
  const ending = signalsThatEnd(since.document, of.model);
  for (const row of await events.forLead(sql, of.workspaceId, of.leadId, { after: since.after })) {
    const kind = ending.get(of.model.signalOf(scoringEventOfRow(row))?.key ?? '');
    if (kind !== undefined) return { kind, messageId: row.messageId ?? row.id, receivedAt: row.receivedAt };
  }
  return null;
}
