import type { AdminNavigation } from '@rekindle/admin-ui';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { useMemo } from 'react';

/** The pages' navigation over this app's router. */
export function useAdminNavigation(): AdminNavigation {
  const router = useRouter();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return useMemo(
    () => ({
      path,
      hrefOf: (to) => to,
      go: (to) => router.history.push(to),
    }),
    [router, path],
  );
}
