import {
  sourceCatalogSchema,
  sourceListSchema,
  sourceSchema,
  sourceWithSecretSchema,
  type NewSource,
  type Source,
  type SourceCatalog,
  type SourceUpdate,
} from '@rekindle/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { polling } from '../api/polling';
import { useWorkspace } from '../workspace/workspace.context';

const LIVE_EVERY_MS = 5_000;
const queryKey = ['sources', 'list'];

/** A kind of source that can be added. */
export type SourceKind = SourceCatalog['items'][number];

/** Sources, oldest first; asked for again to show their last calls. */
export function useSources() {
  const { client } = useWorkspace();
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => client.read({ path: '/api/sources', schema: sourceListSchema, signal }),
    refetchInterval: polling(LIVE_EVERY_MS),
  });
}

/** Every kind of source, with the schema of its settings. */
export function useSourceKinds() {
  const { client } = useWorkspace();
  return useQuery({
    queryKey: ['sources', 'catalog'],
    queryFn: ({ signal }) => client.read({ path: '/api/sources/catalog', schema: sourceCatalogSchema, signal }),
    staleTime: Infinity,
  });
}

/** A source to be made, or one whose secret is to be replaced. */
export type SecretWish = NewSource | { renewalOf: string };

/** Makes a source or a new secret; the secret is in the answer alone. */
export function useSecretMaking() {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: SecretWish) =>
      client.change({
        method: 'POST',
        path: 'renewalOf' in wish ? `/api/sources/${wish.renewalOf}/secret` : '/api/sources',
        body: 'renewalOf' in wish ? undefined : wish,
        schema: sourceWithSecretSchema,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}

/** Changes a source. */
export function useSourceChange({ id }: Source) {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SourceUpdate) =>
      client.change({ method: 'PATCH', path: `/api/sources/${id}`, body, schema: sourceSchema }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}

/** Removes a source for good. */
export function useSourceRemoval({ id }: Source) {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.change({ method: 'DELETE', path: `/api/sources/${id}` }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}
