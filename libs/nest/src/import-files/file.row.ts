import type { ImportEncoding } from '@rekindle/contracts';

/** Cells by column; null-prototype, because a column may have any name. Text in CSV, any JSON value in NDJSON. */
export type Cells = Record<string, unknown>;

/** A row as it stands in the file, with the line it begins on; `problem` where it cannot be read. */
export interface FileRow {
  line: number;
  cells: Cells;
  problem?: { code: string; reason: string };
}

/** How a file is to be read. */
export interface FileLayout {
  shape: 'csv' | 'ndjson';
  encoding: ImportEncoding;
  delimiter: string | null;
  hasHeader: boolean;
  /** Names of the columns, in order. */
  columns: readonly string[];
}

/** No cells yet. */
export function noCells(): Cells {
  return Object.create(null) as Cells;
}
