import { LeadPage, leadSearchDefaults, leadSearchSchema } from '@rekindle/admin-ui';
import { createFileRoute, stripSearchParams } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/leads/$id')({
  validateSearch: leadSearchSchema,
  search: { middlewares: [stripSearchParams(leadSearchDefaults)] },
  component: Lead,
});

function Lead() {
  const { id } = Route.useParams();
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <LeadPage
      key={id}
      leadId={id}
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
    />
  );
}
