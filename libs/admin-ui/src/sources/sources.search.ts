import { z } from 'zod';

/** The state of the Sources page as it stands in the address. */
export const sourcesSearchSchema = z.object({
  view: z.enum(['keys', 'providers', 'events', 'imports']).catch('keys').default('keys'),
  /** Of the events shown; absent: all. */
  status: z.enum(['scored', 'unscored', 'rejected']).optional().catch(undefined),
  /** The import that is open. */
  import: z.uuid().optional().catch(undefined),
});
export type SourcesSearch = z.infer<typeof sourcesSearchSchema>;

/** What an address without a query means. */
export const sourcesSearchDefaults = { view: 'keys' } as const satisfies SourcesSearch;
