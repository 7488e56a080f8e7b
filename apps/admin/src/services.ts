import { createAdminClient, RequestFailure, type AdminClient } from '@rekindle/admin-ui';
import { QueryCache, QueryClient } from '@tanstack/react-query';

/** What the routes share: the client, the cache of answers, and who wants to know that the session ended. */
export interface Services {
  client: AdminClient;
  queries: QueryClient;
  onSignedOut(listener: () => void): void;
}

const isSignedOut = (error: unknown): boolean => error instanceof RequestFailure && error.isSignedOut;

const MOST_RETRIES = 2;
const shouldRetry = (failures: number, error: Error): boolean =>
  failures < MOST_RETRIES && error instanceof RequestFailure && error.isWorthRetrying;

/** Makes the services of one admin. An answer 401 to any read ends the session here too. */
export function createServices(): Services {
  const listeners: (() => void)[] = [];
  const cache = new QueryCache({
    onError: (error, query) => {
      if (!isSignedOut(error) || query.queryKey[0] === 'session') return;
      queries.removeQueries({ queryKey: ['session'] });
      listeners.forEach((listener) => listener());
    },
  });
  const queries: QueryClient = new QueryClient({
    queryCache: cache,
    defaultOptions: { queries: { staleTime: 2_000, retry: shouldRetry } },
  });
  return { client: createAdminClient(), queries, onSignedOut: (listener) => void listeners.push(listener) };
}
