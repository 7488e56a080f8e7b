import { z } from 'zod';

/** What the rows of a file are. */
export const importKindSchema = z.enum(['leads', 'accounts', 'events', 'outcomes']);
export type ImportKind = z.infer<typeof importKindSchema>;

/** How the text of a file is encoded; a byte order mark is found and left out. */
export const importEncodingSchema = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);
export type ImportEncoding = z.infer<typeof importEncodingSchema>;

/** How the cells of a column are read: `flag` is yes or no, `date` an instant or a day (taken as UTC). */
export const cellTypeSchema = z.enum(['text', 'number', 'flag', 'date']);
export type CellType = z.infer<typeof cellTypeSchema>;

/** Which of two numbers of a date such as 3/4/2026 is the month. */
export const dateOrderSchema = z.enum(['month-first', 'day-first']);
export type DateOrder = z.infer<typeof dateOrderSchema>;

const noControls = /^[^\u0000-\u001f\u007f]*$/;
const columnName = z.string().max(200);
const cellText = z.string().max(1_000);

/**
 * What a column becomes: one of the kind's fields (`email`, `groupId`, `at` …), `trait:<name>` of a lead or account,
 * `property:<name>` of an event, or null: it is left out.
 */
const targetSchema = z.string().min(1).max(140).regex(noControls, 'must not contain control characters').nullable();

/** What becomes of one column. */
export const columnMappingSchema = z.strictObject({ column: columnName, target: targetSchema, type: cellTypeSchema });
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/** Another spelling or word for a cell of a column, compared exactly: `google` → `Google`, `0` → `lost`. */
export const replacementSchema = z.strictObject({ column: columnName, from: cellText, to: cellText });

/** What becomes of the rows of a file. */
export const importMappingSchema = z.strictObject({
  columns: z.array(columnMappingSchema).max(500),
  /** Fields that are the same in every row, for files without a column of it. */
  constants: z.strictObject({
    event: z.string().trim().min(1).max(255).optional(),
    outcome: z.enum(['won', 'lost', 'converted']).optional(),
    at: z.iso.datetime().optional(),
  }),
  /** Cells that mean "not known", such as `Select` or `n/a`; compared without case. Empty cells always do. */
  unknownValues: z.array(cellText).max(100),
  replacements: z.array(replacementSchema).max(1_000),
  dateOrder: dateOrderSchema,
});
export type ImportMapping = z.infer<typeof importMappingSchema>;
