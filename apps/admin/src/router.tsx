import { createRouter } from '@tanstack/react-router';
import { routeTree } from './routeTree.gen';
import type { Services } from './services';

/** Addresses stay readable and comparable: plain `key=value` pairs in the order of their keys, no JSON. */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

function stringifySearch(search: Record<string, unknown>): string {
  const sorted = Object.entries(search).sort(([left], [right]) => left.localeCompare(right));
  const pairs = sorted.flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, String(value)]]));
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? '' : `?${text}`;
}

/** The admin's router over the committed route tree. */
export function createAdminRouter(services: Services) {
  return createRouter({
    routeTree,
    context: { services },
    parseSearch,
    stringifySearch,
    defaultPreload: false,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAdminRouter>;
  }
  interface HistoryStateObjectEnsured {
    /** Cursors of the list pages before the one shown. */
    trail?: readonly string[];
  }
  interface HistoryState {
    /** Cursors of the list pages before the one shown. */
    trail?: readonly string[];
  }
}
