import { MissingPage, NavigationProvider, PageFailure } from '@rekindle/admin-ui';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';
import { useAdminNavigation } from '../admin-navigation.hook';
import type { Services } from '../services';

export const Route = createRootRouteWithContext<{ services: Services }>()({
  component: Root,
  notFoundComponent: MissingPage,
  errorComponent: ({ error, reset }) => <PageFailure error={error} onRetry={reset} />,
});

function Root() {
  return (
    <NavigationProvider value={useAdminNavigation()}>
      <Outlet />
    </NavigationProvider>
  );
}
