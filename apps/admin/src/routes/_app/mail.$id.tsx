import { createFileRoute } from '@tanstack/react-router';

/** Only an address: the page around it shows the message. */
export const Route = createFileRoute('/_app/mail/$id')({});
