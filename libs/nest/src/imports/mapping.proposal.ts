import {
  type ColumnMapping,
  type ImportEncoding,
  type ImportFormat,
  type ImportFormatChange,
  type ImportKind,
  type ImportMapping,
} from '@rekindle/contracts';
import { dateOrderOf } from '../import-files/cell.types';
import { surveyColumns, textOfCell, type ColumnSurvey } from '../import-files/column.survey';
import type { FileLayout, FileRow } from '../import-files/file.row';
import { detectLayout, firstRowsOf, type Delimiter } from '../import-files/format.detection';
import { fieldsOfKind, type ImportField } from './import.fields';

const SAMPLE_ROWS = 10;
const MOST_SHOWN = 200;
const MOST_REPLACEMENTS = 200;
const MOST_KEY_LENGTH = 100;

/** Columns of leads that are filled in once it is known how it ended: a score that sees them foretells the past. */
const afterTheFact =
  /^(tags?|lead (quality|status|stage)|last notable activity|converted|outcome|(deal )?stage|status|(won|close|closed)( (date|value|at))?)$/;

function wordsOf(column: string): string {
  const own = column.includes('.') ? column.slice(column.lastIndexOf('.') + 1) : column;
  return own
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

function keyOf(column: string): string {
  const own = column.replace(/^(traits|properties)\./, '');
  return own === column
    ? wordsOf(column).replaceAll(' ', '_').slice(0, MOST_KEY_LENGTH)
    : own.slice(0, MOST_KEY_LENGTH);
}

/** What we ourselves write beside refused rows. */
const ownColumns = /^rekindle (line|problem)$/;

function warningOf(kind: ImportKind, survey: ColumnSurvey): 'empty' | 'after_the_fact' | null {
  if (survey.isEmpty) return 'empty';
  return kind === 'leads' && afterTheFact.test(wordsOf(survey.name)) ? 'after_the_fact' : null;
}

/** A field goes to the first column that bears one of its names; what is left goes where the kind says. */
function columnMappings(kind: ImportKind, surveys: readonly ColumnSurvey[]): ColumnMapping[] {
  const { fields, rest } = fieldsOfKind[kind];
  const taken = new Map<ImportField, string>();
  for (const { name, isEmpty } of surveys) {
    const field = fields.find((each) => !taken.has(each) && each.names.test(wordsOf(name)));
    if (field && !isEmpty) taken.set(field, name);
  }
  const fieldOf = new Map([...taken].map(([field, name]) => [name, field]));
  return surveys.map((survey) => {
    const { name: column, type } = survey;
    const field = fieldOf.get(column);
    if (field) return { column, target: field.target, type: field.type };
    if (warningOf(kind, survey) !== null || ownColumns.test(wordsOf(column)) || rest === null)
      return { column, target: null, type };
    return { column, target: `${rest}:${keyOf(column)}`, type };
  });
}

function proposal(kind: ImportKind, surveys: readonly ColumnSurvey[]): ImportMapping {
  const columns = columnMappings(kind, surveys);
  const used = new Set(columns.filter(({ target }) => target !== null).map(({ column }) => column));
  const ofUse = surveys.filter(({ name }) => used.has(name));
  const dates = ofUse.filter(({ type }) => type === 'date');
  return {
    columns,
    constants: {},
    unknownValues: [...new Set(ofUse.flatMap(({ unknown }) => unknown.map((word) => word.toLowerCase())))].slice(0, 50),
    replacements: ofUse
      .filter(({ name }) => columns.some(({ column, target }) => column === name && /:/.test(target ?? '')))
      .flatMap(({ name, spellings }) => spellings.map((spelling) => ({ column: name, ...spelling })))
      .slice(0, MOST_REPLACEMENTS),
    dateOrder: dateOrderOf(dates.flatMap(({ known }) => known)),
  };
}

function sampleOf(layout: FileLayout, rows: readonly FileRow[]): string[][] {
  return rows
    .slice(0, SAMPLE_ROWS)
    .map(({ cells }) => layout.columns.map((column) => textOfCell(cells[column]).slice(0, MOST_SHOWN)));
}

/**
 * Reads the beginning of a file: how it is written, what stands in its columns, and what they could become.
 * @throws UserError (422) where the file has no shape we read
 */
export async function examineFile(
  path: string,
  kind: ImportKind,
  read: { encoding: ImportEncoding; change?: ImportFormatChange },
): Promise<{ format: ImportFormat; mapping: ImportMapping }> {
  const layout = await detectLayout(path, read.encoding, read.change);
  const rows = await firstRowsOf(path, layout);
  const surveys = surveyColumns(layout.columns, rows);
  const columns = surveys.map((survey) => {
    const { name, type, examples, isEmpty } = survey;
    return { name, type, examples, isEmpty, warning: warningOf(kind, survey) };
  });
  const { shape, encoding, hasHeader } = layout;
  const delimiter = layout.delimiter as Delimiter | null;
  const format = { shape, encoding, delimiter, hasHeader, columns, sample: sampleOf(layout, rows) };
  return { format, mapping: proposal(kind, surveys) };
}

/** How the rows of a file are read, as its format says. */
export function layoutOf(format: ImportFormat): FileLayout {
  const { shape, encoding, delimiter, hasHeader, columns } = format;
  return { shape, encoding, delimiter, hasHeader, columns: columns.map(({ name }) => name) };
}
