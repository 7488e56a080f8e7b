import { MissingPage } from '@rekindle/admin-ui';
import { createFileRoute } from '@tanstack/react-router';

/** Every address that leads nowhere, inside the frame of the admin. */
export const Route = createFileRoute('/_app/$')({ component: MissingPage });
