import { z } from 'zod';
import { instantSchema, pageOf } from '../page.contract';
import { cellTypeSchema, importEncodingSchema, importKindSchema, importMappingSchema } from './import.mapping.contract';

/** Largest file, in bytes, and most rows of one. */
export const MOST_IMPORT_BYTES = 128 * 1024 * 1024;
export const MOST_IMPORT_ROWS = 1_000_000;

const delimiterSchema = z.enum([',', ';', '\t', '|']);
const shapeSchema = z.enum(['csv', 'ndjson']);

/** `ready`: map and check it; `checked`: run it; `checking`, `running`, `undoing`: under way; the rest is final. */
export const importStateSchema = z.enum([
  'ready',
  'checking',
  'checked',
  'running',
  'done',
  'undoing',
  'undone',
  'failed',
]);
export type ImportState = z.infer<typeof importStateSchema>;

/** Query of `POST /api/imports`, whose body is the file itself. */
export const importUploadQuerySchema = z.strictObject({
  kind: importKindSchema.default('leads'),
  name: z.string().trim().min(1).max(255).default('file'),
});

/** One column of a file, as seen in its first rows. */
export const importColumnSchema = z.object({
  name: z.string(),
  type: cellTypeSchema,
  /** Some of its cells. */
  examples: z.array(z.string()),
  isEmpty: z.boolean(),
  /** Why it is better left out, if it is. */
  warning: z.enum(['empty', 'after_the_fact']).nullable(),
});

/** How a file is read, with what was seen of it. */
export const importFormatSchema = z.object({
  shape: shapeSchema,
  encoding: importEncodingSchema,
  delimiter: delimiterSchema.nullable(),
  hasHeader: z.boolean(),
  columns: z.array(importColumnSchema),
  /** The first rows, cell by cell in the order of the columns. */
  sample: z.array(z.array(z.string())),
});
export type ImportFormat = z.infer<typeof importFormatSchema>;

/** `PUT /api/imports/{id}/format`: read the file in another way; what is left out is found out again. */
export const importFormatChangeSchema = z.strictObject({
  kind: importKindSchema.optional(),
  encoding: importEncodingSchema.optional(),
  delimiter: delimiterSchema.optional(),
  hasHeader: z.boolean().optional(),
});
export type ImportFormatChange = z.infer<typeof importFormatChangeSchema>;

/** A row that cannot be imported. */
export const importRowErrorSchema = z.object({
  line: z.number().int(),
  code: z.string(),
  /** Whole sentence for people. */
  reason: z.string(),
});
export type ImportRowError = z.infer<typeof importRowErrorSchema>;

/** What a dry run found: nothing was written. */
export const importFindingSchema = z.object({
  rows: z.number().int(),
  /** Rows that would be taken in. */
  importable: z.number().int(),
  /** Of these, rows that are stored already and would change nothing. */
  unchanged: z.number().int(),
  skipped: z.number().int(),
  rejected: z.number().int(),
  /** Leads or accounts that would be new, and known ones that would be added to. */
  newRecords: z.number().int(),
  knownRecords: z.number().int(),
  reasons: z.array(z.object({ code: z.string(), reason: z.string(), count: z.number().int() })),
  /** The first 100. */
  errors: z.array(importRowErrorSchema),
  /** What the first rows would become. */
  samples: z.array(z.object({ line: z.number().int(), writes: z.array(z.record(z.string(), z.unknown())) })),
});
export type ImportFinding = z.infer<typeof importFindingSchema>;

/** An import. */
export const importSchema = z.object({
  id: z.string(),
  kind: importKindSchema,
  fileName: z.string(),
  bytes: z.number().int(),
  state: importStateSchema,
  format: importFormatSchema,
  mapping: importMappingSchema,
  /** What the mapping lacks before it can be checked. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
  finding: importFindingSchema.nullable(),
  rowsDone: z.number().int(),
  imported: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.number().int(),
  rejected: z.number().int(),
  error: z.string().nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
});
export type Import = z.infer<typeof importSchema>;
export const importListSchema = pageOf(importSchema);
export type ImportList = z.infer<typeof importListSchema>;
