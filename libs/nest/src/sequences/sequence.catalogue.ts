import { Injectable } from '@nestjs/common';
import { SequenceStore, type Sql } from '@rekindle/store';
import { sequenceSchema, type SequenceDocument } from './sequence.schema';
import { shippedSequences } from './shipped.sequences';

/** A sequence that can run, with the version that ran it. */
export interface RunnableSequence {
  document: SequenceDocument;
  version: number;
}

/** A workspace's sequences: its own, else the shipped ones. */
@Injectable()
export class SequenceCatalogue {
  private readonly store = new SequenceStore();

  /** Null for an unknown key; a stored document that no longer fits its schema is unknown too. */
  async byKey(sql: Sql, workspaceId: string, key: string): Promise<RunnableSequence | null> {
    const row = await this.store.byKey(sql, workspaceId, key);
    if (!row) return shipped(key);
    const parsed = sequenceSchema.safeParse(row.document);
    return parsed.success ? { document: parsed.data, version: row.version } : null;
  }
}

function shipped(key: string): RunnableSequence | null {
  const document = shippedSequences.find((sequence) => sequence.key === key);
  return document ? { document, version: 1 } : null;
}
