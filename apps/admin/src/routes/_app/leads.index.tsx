import { LeadsPage, leadsSearchDefaults, leadsSearchSchema, type LeadsSearch } from '@rekindle/admin-ui';
import { createFileRoute, stripSearchParams, useRouterState } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/leads/')({
  validateSearch: leadsSearchSchema,
  search: { middlewares: [stripSearchParams(leadsSearchDefaults)] },
  component: Leads,
});

const nowhere: readonly string[] = [];

function Leads() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const trail = useRouterState({ select: (state) => state.location.state.trail }) ?? nowhere;
  const go = (next: LeadsSearch, nextTrail: readonly string[]): void => {
    const isTyping = next.q !== search.q;
    void navigate({
      search: next,
      state: { trail: nextTrail },
      replace: isTyping,
      resetScroll: next.page !== search.page,
    });
  };
  return <LeadsPage search={search} trail={trail} onSearch={go} />;
}
