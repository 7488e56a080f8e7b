import {
  AdminShell,
  CrashNotice,
  MissingPage,
  PageFailure,
  RequestFailure,
  sessionQuery,
  signOut,
  workspaceQuery,
  WorkspaceProvider,
} from '@rekindle/admin-ui';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Outlet, redirect, useRouter, type ErrorComponentProps } from '@tanstack/react-router';

const isSignedOut = (error: unknown): boolean => error instanceof RequestFailure && error.isSignedOut;

/** Everything behind the sign-in: session and workspace are there before a page is drawn. */
export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context: { services }, location }) => {
    const session = await services.queries.ensureQueryData(sessionQuery(services.client)).catch((error: unknown) => {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    });
    const workspace = await services.queries.ensureQueryData(workspaceQuery(services.client));
    return { session, workspace };
  },
  component: App,
  errorComponent: AppFailure,
  notFoundComponent: MissingPage,
});

function AppFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  if (error instanceof RequestFailure) return <PageFailure error={error} onRetry={retry} />;
  return <CrashNotice error={error} onRetry={retry} />;
}

function App() {
  const router = useRouter();
  const { services, session, workspace } = Route.useRouteContext();
  const latest = useQuery(workspaceQuery(services.client));
  const leave = async (): Promise<void> => {
    await signOut(services.client);
    services.queries.clear();
    await router.navigate({ to: '/sign-in' });
  };
  return (
    <WorkspaceProvider client={services.client} session={session} workspace={latest.data ?? workspace}>
      <AdminShell onSignOut={() => void leave()}>
        <Outlet />
      </AdminShell>
    </WorkspaceProvider>
  );
}
