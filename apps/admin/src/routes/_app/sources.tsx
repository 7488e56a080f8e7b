import { SourcesPage, sourcesSearchDefaults, sourcesSearchSchema } from '@rekindle/admin-ui';
import { createFileRoute, stripSearchParams } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/sources')({
  validateSearch: sourcesSearchSchema,
  search: { middlewares: [stripSearchParams(sourcesSearchDefaults)] },
  component: Sources,
});

function Sources() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <SourcesPage search={search} onSearch={(next) => void navigate({ search: next })} />;
}
