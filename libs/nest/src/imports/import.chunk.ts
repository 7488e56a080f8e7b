import { canonicalise } from '../ingest/canonicalise';
import type { IngestOptions } from '../ingest/canonical.message';
import { readRows } from '../import-files/row.reader';
import type { FileLayout } from '../import-files/file.row';
import type { RowPlan, RowPlanner } from './row.plan';

/** Rows that are worked off in one transaction. */
export const CHUNK_ROWS = 500;

const words: Readonly<Record<string, string>> = {
  invalid_character: 'A cell holds a character that cannot be stored.',
  string_too_long: 'A cell is longer than 32 KB.',
  forbidden_key: 'A column has a name that cannot be stored.',
  key_too_long: 'A column has a name that is too long.',
  too_many_properties: 'The row has more than 255 traits or properties.',
  event_too_large: 'The row is larger than 64 KB.',
  unknown_lead: 'There is no such lead.',
  message_id_too_long: 'The message id is longer than 255 characters.',
};

/** Why ingestion refuses a row, in words for people. */
export function ingestReason(code: string): string {
  return words[code] ?? `The row was refused (${code}).`;
}

/** What a row becomes, with what ingestion would refuse of it refused already. */
function judged(plan: RowPlan, options: IngestOptions): RowPlan {
  if (plan.fate !== 'items') return plan;
  for (const item of plan.items) {
    const canonical = canonicalise(item, options);
    if (!canonical.isRejected) continue;
    const { line, cells } = plan;
    const { code } = canonical.message;
    return { line, cells, fate: 'rejected', code, reason: ingestReason(code) };
  }
  return plan;
}

/** The rows of a file behind the first `skip`, planned, in chunks. @throws UserError `open_quotes` */
export async function* plannedChunks(
  path: string,
  layout: FileLayout,
  work: { planner: RowPlanner; options: IngestOptions; skip: number },
): AsyncGenerator<RowPlan[]> {
  let position = 0;
  let chunk: RowPlan[] = [];
  for await (const rows of readRows(path, layout)) {
    for (const row of rows) {
      position += 1;
      if (position <= work.skip) continue;
      chunk.push(judged(work.planner.planOf(row), work.options));
      if (chunk.length < CHUNK_ROWS) continue;
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
