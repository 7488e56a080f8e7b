import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { Alert, LeadRow, Session } from '@rekindle/contracts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createAdminClient } from '../api/admin.client';
import { NowProvider } from '../format/now.context';
import { NavigationProvider } from '../navigation/navigation.context';
import { WorkspaceProvider } from './workspace.context';

/** The instant at which every page in a spec stands. */
export const NOW = Date.parse('2026-11-21T12:00:00.000Z');

const session = {
  user: { email: 'ana@example.com', name: 'Ana Silva', role: 'admin' as const },
  workspace: { id: 'w', name: 'Northwind', timezone: 'Europe/Berlin' },
};

const workspace = {
  ...session.workspace,
  bands: [
    { key: 'high', label: 'High', minScore: 60 },
    { key: 'medium', label: 'Medium', minScore: 25 },
    { key: 'low', label: 'Low', minScore: 0 },
  ],
  tiers: [
    { key: 'power', label: 'Power' },
    { key: 'dormant', label: 'Dormant' },
  ],
  owners: ['ana.silva@example.com'],
  rules: [],
};

export interface Exchange {
  method: string;
  path: string;
  body: unknown;
}

export type Answer = { status?: number; body: unknown };

/** A server in the spec: `answer` sees every request; what was asked is kept in `asked`. */
export function fakeServer(answer: (exchange: Exchange) => Answer | Promise<Answer>) {
  const asked: Exchange[] = [];
  const client = createAdminClient({
    fetch: async (input, init) => {
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      const exchange = { method: init?.method ?? 'GET', path: String(input), body };
      asked.push(exchange);
      const { status = 200, body: answered } = await answer(exchange);
      return new Response(JSON.stringify(answered), { status });
    },
  });
  return { asked, client };
}

/** A problem as the server words it. */
export const problem = (status: number, detail: string): Answer => ({
  status,
  body: { type: 'about:blank', title: 'Problem', status, code: 'problem', detail, requestId: 'req-1' },
});

/** Draws `page` signed in; `went` collects where its links lead. */
export function visit(
  page: ReactNode,
  client = fakeServer(() => problem(500, 'nothing')).client,
  role: Session['user']['role'] = 'admin',
) {
  const went: string[] = [];
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const navigation = { path: '/', hrefOf: (path: string) => path, go: (path: string) => void went.push(path) };
  const view = render(
    <QueryClientProvider client={queries}>
      <MantineProvider env="test">
        <Notifications />
        <NowProvider at={NOW}>
          <NavigationProvider value={navigation}>
            <WorkspaceProvider
              client={client}
              session={{ ...session, user: { ...session.user, role } }}
              workspace={workspace}
            >
              {page}
            </WorkspaceProvider>
          </NavigationProvider>
        </NowProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { ...view, went, queries };
}

/** A lead's row; says only what a story needs. */
export function aRow(partial: Partial<LeadRow> = {}): LeadRow {
  return {
    id: 'lead-1',
    userId: 'u1',
    email: 'mei.zhang@example.com',
    name: 'Mei Zhang',
    title: 'CTO',
    account: { id: 'a1', name: 'Bluefin' },
    owner: 'ana.silva@example.com',
    engagement: { score: 72.4, points: 37.1, band: 'high', state: 'active', change7d: 3.2, spark: [60, 72.4] },
    usage: { tier: 'power', events30d: 61 },
    fit: { score: 80, grade: 'A' },
    priority: { cell: 'A1', label: 'Call today', value: 76 },
    lastActivityAt: '2026-11-21T11:58:00.000Z',
    ...partial,
  };
}

/** An unread alert; says only what a story needs. */
export function anAlert(partial: Partial<Alert> = {}): Alert {
  return {
    id: 'alert-1',
    leadId: 'lead-1',
    leadName: 'Mei Zhang',
    accountName: 'Bluefin',
    rule: 'engagement-high',
    ruleName: 'Engagement is high',
    title: 'Engagement is high',
    sentence: 'Engagement rose to 72.',
    causes: [{ signal: 'reply', label: 'Reply', count: 2, points: 18 }],
    nextStep: 'Call today.',
    score: 72,
    owner: null,
    state: 'unread',
    at: '2026-11-21T11:00:00.000Z',
    createdAt: '2026-11-21T11:00:01.000Z',
    ...partial,
  };
}
