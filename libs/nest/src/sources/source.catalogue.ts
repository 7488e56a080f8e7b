import { sources, type SourceDefinition } from '@rekindle/plugins';
import type { SourceRow } from '@rekindle/store';

/** A stored source and the plugin that understands it; or why there is none that does. */
export type KnownSource =
  { definition: SourceDefinition; settings: unknown; problem: null } | { definition: null; problem: string };

/** The plugin of this key. */
export function definitionOf(key: string): SourceDefinition | null {
  return sources.find((source) => source.key === key) ?? null;
}

/** Settings are checked each time: a plugin may have changed since they were stored. */
export function knownSource({ key, settings }: Pick<SourceRow, 'key' | 'settings'>): KnownSource {
  const definition = definitionOf(key);
  if (definition === null) return { definition: null, problem: `There is no source of the kind "${key}".` };
  const parsed = definition.settings.safeParse(settings);
  if (parsed.success) return { definition, settings: parsed.data, problem: null };
  const [issue] = parsed.error.issues;
  return { definition: null, problem: `Its settings do not fit: ${issue?.path.join('.')} ${issue?.message}` };
}

/** Where in the database a source's secret is kept: sealed text opens in its own place alone. */
export const placeOfSecret = (workspaceId: string, sourceId: string): string =>
  `ls_sources/sealedSecret/${workspaceId}/${sourceId}`;
