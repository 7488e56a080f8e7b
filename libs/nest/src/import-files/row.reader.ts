import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { csvRows } from './csv.cells';
import type { FileLayout, FileRow } from './file.row';
import { jsonRows } from './json.cells';
import { RecordSplitter, type RawRow } from './record.splitter';

const PIECE_BYTES = 64 * 1024;
/** A line by which spreadsheets say what delimits the cells. */
const delimiterLine = /^sep=.$/i;

/** The text of a file in pieces, decoded, without a byte order mark. */
export async function* readText(path: string, encoding: string, mostBytes = Infinity): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  let size = 0;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    size += (piece as Buffer).length;
    yield decoder.write(piece as Buffer);
    if (size >= mostBytes) return;
  }
  yield decoder.end() ?? '';
}

/** The rows of a file as text, in groups; a header and a `sep=` line are rows like others. */
export async function* readRawRows(
  path: string,
  layout: Pick<FileLayout, 'encoding' | 'delimiter'>,
  mostBytes = Infinity,
): AsyncGenerator<RawRow[]> {
  const splitter = new RecordSplitter(layout.delimiter);
  for await (const text of readText(path, layout.encoding, mostBytes)) {
    const rows = splitter.push(text);
    if (rows.length > 0) yield rows;
  }
  if (mostBytes === Infinity) yield splitter.end();
  else yield splitter.end().slice(0, -1);
}

/** Leaves out a `sep=` line and the header. */
export class HeaderSkip {
  private isPassed = false;
  private hasDelimiterLine = false;

  constructor(private readonly hasHeader: boolean) {}

  rest(rows: RawRow[]): RawRow[] {
    if (this.isPassed) return rows;
    let position = 0;
    if (!this.hasDelimiterLine && delimiterLine.test(rows[0]?.text ?? '')) {
      this.hasDelimiterLine = true;
      position = 1;
    }
    if (this.hasHeader && position === rows.length) return [];
    this.isPassed = true;
    return rows.slice(this.hasHeader ? position + 1 : position);
  }
}

/**
 * Reads a file row by row in bounded memory, in groups of some hundred.
 * @throws UserError `open_quotes`
 */
export async function* readRows(path: string, layout: FileLayout, mostBytes = Infinity): AsyncGenerator<FileRow[]> {
  const header = new HeaderSkip(layout.shape === 'csv' && layout.hasHeader);
  for await (const raw of readRawRows(path, layout, mostBytes)) {
    const rows = header.rest(raw);
    if (rows.length === 0) continue;
    yield layout.shape === 'csv' ? csvRows(rows, layout.delimiter ?? ',', layout.columns) : jsonRows(rows);
  }
}
