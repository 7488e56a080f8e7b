import { importFindingSchema, importFormatSchema, importMappingSchema, type Import } from '@rekindle/contracts';
import type { ImportRow } from '@rekindle/store';
import { isoOf } from '../leads/score.mapping';
import { mappingIssues } from './mapping.issues';

/** An import as the API shows it. */
export function importOf(row: ImportRow): Import {
  const format = importFormatSchema.parse(row.format);
  const mapping = importMappingSchema.parse(row.mapping);
  const { id, kind, fileName, bytes, state, rowsDone, imported, unchanged, skipped, rejected, error } = row;
  return {
    id,
    kind,
    fileName,
    bytes,
    state,
    format,
    mapping,
    issues: mappingIssues(kind, format, mapping),
    finding: row.finding === null ? null : importFindingSchema.parse(row.finding),
    rowsDone,
    imported,
    unchanged,
    skipped,
    rejected,
    error,
    createdAt: isoOf(row.createdAt),
    updatedAt: isoOf(row.updatedAt),
    finishedAt: isoOf(row.finishedAt),
  };
}
