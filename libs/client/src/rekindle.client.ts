import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './openapi.gen';

/** How to reach a Rekindle server. */
export interface RekindleClientOptions {
  /** Address of the server without a trailing slash; empty in a page that it served itself. */
  baseUrl: string;
  /** An API key; absent: the session of the signed-in user. */
  apiKey?: string;
  /** Replaces the platform's fetch, for tests. */
  fetch?: (request: Request) => Promise<Response>;
}

/** The management API with a typed method for every route: `client.GET('/api/leads', { params: { query } })`. */
export type RekindleClient = Client<paths>;

/** Makes a client; it keeps nothing but its options. */
export function createRekindleClient({ baseUrl, apiKey, fetch }: RekindleClientOptions): RekindleClient {
  return createClient<paths>({
    baseUrl,
    credentials: 'same-origin',
    headers: { 'x-rekindle': '1', ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
    ...(fetch === undefined ? {} : { fetch }),
  });
}
