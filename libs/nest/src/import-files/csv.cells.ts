import { parse } from 'csv-parse/sync';
import { withoutGuard } from './cell.guard';
import { noCells, type Cells, type FileRow } from './file.row';
import type { RawRow } from './record.splitter';

const problems = {
  open_quote: 'A quote is opened in this row and never closed.',
  row_too_long: 'The row is longer than 64 KB.',
};

function parseText(text: string, delimiter: string): string[][] {
  return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true, relax_quotes: true }) as string[][];
}

/** The cells of one row, or null for what is no row. */
function cellsOf(text: string, delimiter: string): string[] | null {
  try {
    const rows = parseText(text, delimiter);
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** The cells of many rows in one go; row by row only if one of them does not fit in. */
export function splitCells(rows: readonly RawRow[], delimiter: string): (string[] | null)[] {
  const whole = rows.filter(({ code }) => code === undefined);
  const texts = whole.map(({ text }) => text);
  let parsed: (string[] | null)[] | null = null;
  try {
    parsed = parseText(texts.join('\n'), delimiter);
  } catch {
    parsed = null;
  }
  if (parsed?.length !== texts.length) parsed = texts.map((text) => cellsOf(text, delimiter));
  let position = 0;
  return rows.map(({ code }) => (code === undefined ? (parsed?.[position++] ?? null) : null));
}

function named(columns: readonly string[], values: readonly string[]): Cells {
  const cells = noCells();
  columns.forEach((column, index) => {
    cells[column] = withoutGuard(values[index] ?? '');
  });
  return cells;
}

function rowOf(raw: RawRow, values: string[] | null, columns: readonly string[]): FileRow {
  const { line } = raw;
  if (values === null) {
    const code = raw.code ?? 'open_quote';
    return { line, cells: named(columns, [raw.text]), problem: { code, reason: problems[code] } };
  }
  const cells = named(columns, values);
  const isTooWide = values.slice(columns.length).some((cell) => cell.trim() !== '');
  if (!isTooWide && values.length >= columns.length) return { line, cells };
  const reason = `The row has ${values.length} cells where the file has ${columns.length} columns.`;
  return { line, cells, problem: { code: 'ragged_row', reason } };
}

/** Rows with their cells by column. */
export function csvRows(rows: readonly RawRow[], delimiter: string, columns: readonly string[]): FileRow[] {
  const cells = splitCells(rows, delimiter);
  return rows.map((raw, index) => rowOf(raw, cells[index] ?? null, columns));
}
