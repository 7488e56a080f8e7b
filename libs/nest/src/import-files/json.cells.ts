import { isRecord } from '../ingest/json.record';
import { noCells, type Cells, type FileRow } from './file.row';
import type { RawRow } from './record.splitter';

const MOST_NESTING = 5;

/** Nested objects become columns with dots: `traits.email`. */
function flatten(value: Record<string, unknown>, prefix: string, into: Cells): Cells {
  const depth = prefix === '' ? 0 : prefix.split('.').length;
  for (const [key, child] of Object.entries(value)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (isRecord(child) && depth < MOST_NESTING) flatten(child, path, into);
    else into[path] = child;
  }
  return into;
}

function rowOf({ line, text, code }: RawRow): FileRow {
  const raw = Object.assign(noCells(), { line: text.slice(0, 200) });
  if (code !== undefined)
    return { line, cells: raw, problem: { code: 'row_too_long', reason: 'The row is longer than 64 KB.' } };
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return { line, cells: flatten(value, '', noCells()) };
  } catch {
    // Answered below: whatever is no object is no row.
  }
  return { line, cells: raw, problem: { code: 'not_json', reason: 'The line is not a JSON object.' } };
}

/** Rows of newline-delimited JSON with their cells by column. */
export function jsonRows(rows: readonly RawRow[]): FileRow[] {
  return rows.map(rowOf);
}
