import type { Sql } from '../database/sql';
import { selectRow, selectRows } from '../tables/row.reader';
import { defineTable } from '../tables/table';
import { putDocument } from '../tables/versioned.document';
import type { DocumentPut, DocumentRow } from '../tables/versioned.document';

/** A sequence of mails of a workspace. */
export type SequenceRow = DocumentRow;

const sequences = defineTable<SequenceRow>('ls_sequences', {
  id: 'text',
  key: 'text',
  version: 'integer',
  document: 'json',
  createdAt: 'integer',
  updatedAt: 'integer',
});

/** Sequences. */
export class SequenceStore {
  /** By key. */
  list(sql: Sql, workspaceId: string): Promise<SequenceRow[]> {
    return selectRows(sql, sequences, { workspaceId, tail: 'ORDER BY "key"' });
  }

  byKey(sql: Sql, workspaceId: string, key: string): Promise<SequenceRow | null> {
    return selectRow(sql, sequences, { workspaceId, where: '"key" = ?', parameters: [key] });
  }

  /** Creates the sequence or replaces its document; the version grows if the document differs. */
  put(sql: Sql, workspaceId: string, put: DocumentPut): Promise<SequenceRow> {
    return putDocument(sql, sequences, workspaceId, put);
  }
}
