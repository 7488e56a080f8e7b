import { AlertsPage, alertsSearchDefaults, alertsSearchSchema } from '@rekindle/admin-ui';
import { createFileRoute, stripSearchParams } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/alerts')({
  validateSearch: alertsSearchSchema,
  search: { middlewares: [stripSearchParams(alertsSearchDefaults)] },
  component: Alerts,
});

function Alerts() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return <AlertsPage search={search} onSearch={(next) => void navigate({ search: next })} />;
}
