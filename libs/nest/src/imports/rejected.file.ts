import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { importFormatSchema } from '@rekindle/contracts';
import { ImportRejectionStore, type ImportRow, type Sql } from '@rekindle/store';
import { textOfCell } from '../import-files/column.survey';

const PAGE = 500;
/** Columns of ours in the file; a mapping leaves them out when the mended file comes back. */
export const lineColumn = 'Rekindle line';
export const problemColumn = 'Rekindle problem';

/** Blanks in front would hide a formula from the guard. */
function safeText(cell: unknown): string {
  const text = textOfCell(cell).replaceAll('\0', '');
  return /^\s+[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? text.trimStart() : text;
}

async function* rejectedRows(sql: Sql, workspaceId: string, row: ImportRow): AsyncGenerator<string[]> {
  const columns = importFormatSchema.parse(row.format).columns.map(({ name }) => name);
  yield [...columns, lineColumn, problemColumn].map(safeText);
  const store = new ImportRejectionStore();
  let line = 0;
  for (;;) {
    const page = await store.after(sql, workspaceId, row.id, { line, limit: PAGE });
    for (const { record, line: number, reason } of page) {
      const cells = columns.map((column) => (Object.hasOwn(record, column) ? record[column] : ''));
      yield [...cells.map(safeText), String(number), safeText(reason)];
    }
    const last = page.at(-1);
    if (last === undefined) return;
    line = last.line;
  }
}

/** The rows an import refused, as a CSV that spreadsheets open without running anything: all columns, line and reason. */
export function rejectedFile(sql: Sql, workspaceId: string, row: ImportRow): Readable {
  const csv = stringify({
    quoted: true,
    quoted_empty: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    bom: true,
  });
  const rows = Readable.from(rejectedRows(sql, workspaceId, row), { objectMode: true });
  rows.once('error', (error) => csv.destroy(error));
  return rows.pipe(csv);
}
