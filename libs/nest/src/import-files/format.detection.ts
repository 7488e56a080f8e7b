import { UserError, type ImportEncoding, type ImportFormatChange } from '@rekindle/contracts';
import { looksLikeDate, numberOf } from './cell.types';
import { splitCells } from './csv.cells';
import type { FileLayout, FileRow } from './file.row';
import { jsonRows } from './json.cells';
import { HeaderSkip, readRawRows, readRows, readText } from './row.reader';
import { RecordSplitter, type RawRow } from './record.splitter';

/** What is looked at of a file before it is mapped. */
const MOST_SEEN_BYTES = 8 * 1024 * 1024;
const MOST_COLUMNS = 500;
const MOST_NAME_LENGTH = 200;
const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

function refuse(code: string, message: string): UserError {
  return new UserError(code, message, { status: 422 });
}

async function headOf(path: string, encoding: ImportEncoding): Promise<string> {
  let head = '';
  for await (const text of readText(path, encoding, 64 * 1024)) head += text;
  return head;
}

function firstRows(head: string, delimiter: Delimiter): RawRow[] {
  const rows = new RecordSplitter(delimiter).push(head);
  return (rows.length > 0 ? rows : [{ line: 1, text: head }]).slice(0, 50);
}

/** How well a delimiter fits: the cells per row that most rows have, and the share of rows that have them. */
function fitOf(head: string, delimiter: Delimiter): { delimiter: Delimiter; width: number; share: number } {
  const widths = splitCells(firstRows(head, delimiter), delimiter).map((cells) => cells?.length ?? 0);
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return { delimiter, width, share: count / Math.max(1, widths.length) };
}

function delimiterOf(head: string): Delimiter {
  const said = /^sep=(.)\r?$/im.exec(head.slice(0, 10))?.[1];
  const given = delimiters.find((delimiter) => delimiter === said);
  if (given) return given;
  const fits = delimiters.map((delimiter) => fitOf(head, delimiter)).filter(({ width }) => width > 1);
  return fits.sort((a, b) => b.share * b.width - a.share * a.width)[0]?.delimiter ?? ',';
}

function shapeOf(head: string): 'csv' | 'ndjson' {
  const start = head.trimStart();
  if (start.startsWith('[')) {
    throw refuse('json_array', 'The file is one JSON array. Write one object per line (NDJSON) instead.');
  }
  return start.startsWith('{') ? 'ndjson' : 'csv';
}

function isHeader(cells: readonly string[]): boolean {
  const given = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    given.length > 0 && !given.some((cell) => numberOf(cell) !== null || looksLikeDate(cell) || cell.includes('@'))
  );
}

/** Names of the columns: those without one are numbered, those of the same name counted. */
export function columnNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const text = cell.trim();
    if (text.length > MOST_NAME_LENGTH) throw refuse('column_name_too_long', 'The name of a column is too long.');
    const name = text === '' ? `Column ${index + 1}` : text;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

async function csvLayout(
  path: string,
  { head, encoding }: { head: string; encoding: ImportEncoding },
  change: ImportFormatChange,
): Promise<FileLayout> {
  const delimiter = change.delimiter ?? delimiterOf(head);
  const first = new HeaderSkip(false).rest(firstRows(head, delimiter)).slice(0, 1);
  const cells = splitCells(first, delimiter)[0] ?? [];
  if (cells.length > MOST_COLUMNS) throw refuse('too_many_columns', `A file may have ${MOST_COLUMNS} columns at most.`);
  const hasHeader = change.hasHeader ?? isHeader(cells);
  const columns = columnNames(hasHeader ? cells : cells.map(() => ''));
  return { shape: 'csv', encoding, delimiter, hasHeader, columns };
}

async function jsonLayout(path: string, encoding: ImportEncoding): Promise<FileLayout> {
  const columns = new Set<string>();
  for await (const raw of readRawRows(path, { encoding, delimiter: null }, MOST_SEEN_BYTES)) {
    for (const { cells, problem } of jsonRows(raw)) {
      if (problem === undefined) for (const column of Object.keys(cells)) columns.add(column);
      if (columns.size > MOST_COLUMNS) {
        throw refuse('too_many_columns', `Rows may have ${MOST_COLUMNS} different fields at most.`);
      }
    }
  }
  return { shape: 'ndjson', encoding, delimiter: null, hasHeader: false, columns: [...columns] };
}

/**
 * Finds out how a file is to be read; what the caller knows better wins.
 * @throws UserError (422) `json_array`, `too_many_columns`, `column_name_too_long`
 */
export async function detectLayout(
  path: string,
  encoding: ImportEncoding,
  change: ImportFormatChange = {},
): Promise<FileLayout> {
  const head = await headOf(path, encoding);
  return shapeOf(head) === 'ndjson' ? jsonLayout(path, encoding) : csvLayout(path, { head, encoding }, change);
}

/** The rows at the beginning of a file: 8 MB at most. */
export async function firstRowsOf(path: string, layout: FileLayout): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const group of readRows(path, layout, MOST_SEEN_BYTES)) {
    rows.push(...group);
    if (rows.length >= 20_000) break;
  }
  return rows;
}
