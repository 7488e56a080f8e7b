import { SignInPage } from '@rekindle/admin-ui';
import { createFileRoute, useRouter } from '@tanstack/react-router';
import { z } from 'zod';

/** Only paths of this admin: an address from outside must not lead elsewhere after the sign-in. */
const nextSchema = z
  .string()
  .regex(/^\/(?![/\\])/)
  .catch('/leads')
  .default('/leads');

export const Route = createFileRoute('/sign-in')({
  validateSearch: z.object({ next: nextSchema }),
  component: SignIn,
});

function SignIn() {
  const router = useRouter();
  const { services } = Route.useRouteContext();
  const { next } = Route.useSearch();
  return <SignInPage client={services.client} onSignedIn={() => router.history.replace(next)} />;
}
