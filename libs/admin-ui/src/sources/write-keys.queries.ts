import { writeKeyCreatedSchema, writeKeyListSchema, type WriteKey } from '@rekindle/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useWorkspace } from '../workspace/workspace.context';

const queryKey = ['write-keys'];

/** Every write key, those in use first. */
export function useWriteKeys() {
  const { client } = useWorkspace();
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => client.read({ path: '/api/write-keys', schema: writeKeyListSchema, signal }),
  });
}

/** What may be asked of keys; a successor carries the id of the key it follows. */
export type KeyWish = { name: string; trust: WriteKey['trust'] } | { successorOf: string };

/** Makes a key; its secret is in the answer alone. */
export function useKeyMaking() {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: KeyWish) =>
      client.change({
        method: 'POST',
        path: 'successorOf' in wish ? `/api/write-keys/${wish.successorOf}/rotate` : '/api/write-keys',
        body: 'successorOf' in wish ? undefined : wish,
        schema: writeKeyCreatedSchema,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}

/** Revokes a key for good. */
export function useKeyRevocation({ id }: WriteKey) {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.change({ method: 'DELETE', path: `/api/write-keys/${id}` }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}
