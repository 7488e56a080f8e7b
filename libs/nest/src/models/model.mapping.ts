import type { ModelList, ModelVersion } from '@rekindle/contracts';
import { scoringModelSchema } from '@rekindle/scoring';
import type { ModelRow } from '@rekindle/store';

/** One stored version as the API shows it. */
export function modelVersionOf(row: ModelRow): ModelVersion {
  return {
    version: row.version,
    status: row.status,
    document: scoringModelSchema.parse(row.document),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

function nameOf(row: ModelRow | undefined, key: string): string {
  const parsed = scoringModelSchema.safeParse(row?.document);
  return parsed.success ? parsed.data.name : key;
}

/** All versions (newest first per key) as one line per model. */
export function modelListOf(rows: readonly ModelRow[]): ModelList {
  const byKey = new Map<string, ModelRow[]>();
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  const items = [...byKey].map(([key, versions]) => {
    const published = versions.find(({ status }) => status === 'published');
    return {
      key,
      name: nameOf(published ?? versions[0], key),
      publishedVersion: published?.version ?? null,
      publishedAt: published?.publishedAt ? new Date(published.publishedAt).toISOString() : null,
      hasDraft: versions.some(({ status }) => status === 'draft'),
    };
  });
  return { items };
}
