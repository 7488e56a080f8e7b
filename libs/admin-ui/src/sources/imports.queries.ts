import {
  importListSchema,
  importSchema,
  type Import,
  type ImportFormatChange,
  type ImportKind,
  type ImportMapping,
} from '@rekindle/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../api/pages.hook';
import { useWorkspace } from '../workspace/workspace.context';

const WORKING_EVERY_MS = 700;
const PAGE_SIZE = 50;
const working = new Set<Import['state']>(['checking', 'running', 'undoing']);

/** True while the server works on it by itself. */
export const isWorking = ({ state }: Import): boolean => working.has(state);

/** Imports, newest first, page by page; asked for again while the server works on one that is shown. */
export function useImports() {
  return usePages({
    queryKey: ['imports', 'list'],
    path: '/api/imports',
    schema: importListSchema,
    query: { limit: PAGE_SIZE },
    everyMs: (pages) => (pages.some(({ items }) => items.some(isWorking)) ? WORKING_EVERY_MS : false),
  });
}

/** One import; asked for again while the server works on it. */
export function useImport(id: string) {
  const { client } = useWorkspace();
  return useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => client.read({ path: `/api/imports/${id}`, schema: importSchema, signal }),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? WORKING_EVERY_MS : false),
  });
}

/** Uploads a file. */
export function useUpload() {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, file }: { kind: ImportKind; file: File }) =>
      client.change({
        method: 'POST',
        path: '/api/imports',
        query: { kind, name: file.name.slice(0, 255) },
        body: file,
        schema: importSchema,
      }),
    onSuccess: (job) => {
      queries.setQueryData(['imports', 'one', job.id], job);
      return queries.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
}

/** What may be done with an import. */
export type ImportAct =
  { kind: 'format'; change: ImportFormatChange } | { kind: 'check'; mapping: ImportMapping } | { kind: 'run' | 'undo' };

/** Moves an import on; the answer becomes what the page shows. */
export function useImportAct(id: string) {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  const path = `/api/imports/${id}`;
  return useMutation({
    mutationFn: async (act: ImportAct): Promise<Import> => {
      if (act.kind === 'format') {
        return client.change({ method: 'PUT', path: `${path}/format`, body: act.change, schema: importSchema });
      }
      if (act.kind === 'check') {
        const mapped = await client.change({
          method: 'PUT',
          path: `${path}/mapping`,
          body: act.mapping,
          schema: importSchema,
        });
        if (mapped.issues.length > 0) return mapped;
      }
      return client.change({ method: 'POST', path: `${path}/${act.kind}`, schema: importSchema });
    },
    onSuccess: (job) => {
      queries.setQueryData(['imports', 'one', id], job);
      return queries.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
}

/** Forgets an import that brought nothing. */
export function useDiscard(id: string) {
  const { client } = useWorkspace();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.change({ method: 'DELETE', path: `/api/imports/${id}` }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports', 'list'] }),
  });
}
