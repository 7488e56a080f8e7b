import { MailPage, mailSearchDefaults, mailSearchSchema } from '@rekindle/admin-ui';
import { createFileRoute, stripSearchParams, useParams } from '@tanstack/react-router';

/** List and message are one page: the list keeps its place while messages are opened. */
export const Route = createFileRoute('/_app/mail')({
  validateSearch: mailSearchSchema,
  search: { middlewares: [stripSearchParams(mailSearchDefaults)] },
  component: Mail,
});

function Mail() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const { id } = useParams({ strict: false });
  const go = (next: typeof search): void =>
    void navigate(
      id === undefined
        ? { to: '/mail', search: next, replace: true }
        : { to: '/mail/$id', params: { id }, search: next, replace: true },
    );
  return <MailPage messageId={id ?? null} search={search} onSearch={go} />;
}
