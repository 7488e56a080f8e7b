import { sessionSchema, workspaceSummarySchema } from '@rekindle/contracts';
import { queryOptions } from '@tanstack/react-query';
import type { AdminClient } from '../api/admin.client';

/** Who is signed in; fails with status 401 when nobody is. */
export const sessionQuery = (client: AdminClient) =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => client.read({ path: '/api/session', schema: sessionSchema, signal }),
    staleTime: 60_000,
    retry: false,
  });

/** Bands, tiers and owners that lists and filters offer. */
export const workspaceQuery = (client: AdminClient) =>
  queryOptions({
    queryKey: ['workspace'],
    queryFn: ({ signal }) => client.read({ path: '/api/workspace', schema: workspaceSummarySchema, signal }),
    staleTime: 60_000,
  });

/** Signs in; the server answers with a cookie. */
export const signIn = (client: AdminClient, email: string, password: string): Promise<unknown> =>
  client.change({ method: 'POST', path: '/api/session', body: { email, password } });

/** Ends the session on the server. */
export const signOut = (client: AdminClient): Promise<unknown> =>
  client.change({ method: 'DELETE', path: '/api/session' });
