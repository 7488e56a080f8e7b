import type { Alert } from '@rekindle/contracts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { anAlert, fakeServer, problem, visit, type Answer, type Exchange } from '../workspace/world.fixture';
import { AlertsPage } from './alerts.page';

const two = (): Alert[] => [anAlert(), anAlert({ id: 'alert-2', leadId: 'lead-2', leadName: 'Tomás Novák' })];

const listOf = (alerts: Alert[], path: string): Answer => {
  const state = new URL(path, 'http://x').searchParams.get('state');
  const items = alerts.filter((alert) => alert.state === state);
  const unread = alerts.filter((alert) => alert.state === 'unread').length;
  return { body: { items, nextCursor: null, total: items.length, unread } };
};

function inbox(onChange: (exchange: Exchange, alerts: Alert[]) => Answer | Promise<Answer>) {
  const alerts = two();
  const server = fakeServer((exchange) =>
    exchange.method === 'GET' ? listOf(alerts, exchange.path) : onChange(exchange, alerts),
  );
  return { ...server, ...visit(<AlertsPage search={{ state: 'unread' }} onSearch={() => undefined} />, server.client) };
}

const markDone = (name: string): HTMLElement => screen.getByRole('button', { name: `Mark done: ${name}` });
const nameOf = (name: string) => screen.queryByRole('link', { name });

describe('the inbox of alerts', () => {
  it('says who, why and what next, and leads to the lead', async () => {
    const { went } = inbox(() => problem(500, 'unused'));
    fireEvent.click(await screen.findByRole('link', { name: 'Mei Zhang' }));
    expect(screen.getAllByText('Engagement rose to 72.')).toHaveLength(2);
    expect(screen.getAllByText('×2')).toHaveLength(2);
    expect(went).toEqual(['/leads/lead-1']);
  });

  it('takes a finished alert off the list before the server has answered', async () => {
    let answer: (value: Answer) => void = () => undefined;
    const { asked } = inbox(() => new Promise<Answer>((resolve) => (answer = resolve)));
    await screen.findByRole('link', { name: 'Mei Zhang' });
    fireEvent.click(markDone('Mei Zhang'));
    await waitFor(() => expect(nameOf('Mei Zhang')).toBeNull());
    expect(nameOf('Tomás Novák')).not.toBeNull();
    expect(screen.getByText('Unread (1)')).toBeTruthy();
    expect(asked.filter(({ method }) => method === 'PATCH')).toEqual([
      { method: 'PATCH', path: '/api/alerts/alert-1', body: { state: 'done' } },
    ]);
    answer({ body: anAlert({ state: 'done' }) });
  });

  it('puts the alert back and says why when the server refuses', async () => {
    inbox(() => problem(403, 'Viewers cannot work alerts.'));
    await screen.findByRole('link', { name: 'Mei Zhang' });
    fireEvent.click(markDone('Mei Zhang'));
    expect(await screen.findByText('Viewers cannot work alerts.')).toBeTruthy();
    expect(screen.getByText('Request req-1')).toBeTruthy();
    await waitFor(() => expect(nameOf('Mei Zhang')).not.toBeNull());
  });

  it('takes it back on Undo', async () => {
    inbox(({ body }, alerts) => {
      const alert = alerts[0] ?? anAlert();
      Object.assign(alert, body);
      return { body: alert };
    });
    await screen.findByRole('link', { name: 'Mei Zhang' });
    fireEvent.click(markDone('Mei Zhang'));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(nameOf('Mei Zhang')).not.toBeNull());
  });

  it('is calm when there is nothing to do', async () => {
    const { client } = fakeServer(() => ({ body: { items: [], nextCursor: null, total: 0, unread: 0 } }));
    visit(<AlertsPage search={{ state: 'unread' }} onSearch={() => undefined} />, client);
    expect(await screen.findByText('All caught up')).toBeTruthy();
  });
});
