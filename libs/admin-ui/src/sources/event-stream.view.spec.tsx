import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { fakeServer, problem, visit, type Answer, type Exchange } from '../workspace/world.fixture';
import type { EventStatus } from './event-stream.queries';
import { EventStream } from './event-stream.view';
import { anEvent } from './source.fixture';

const page = (...names: string[]): Answer => ({
  body: { items: names.map((name) => anEvent({ id: name, name })), nextCursor: null },
});

function open(answer: (exchange: Exchange) => Answer, status?: EventStatus) {
  const server = fakeServer(answer);
  const view = visit(<EventStream status={status} onStatus={() => undefined} />, server.client);
  return { ...server, ...view };
}

describe('events as they arrive', () => {
  it.each([
    [undefined, 'Nothing has arrived yet'],
    ['scored', 'Nothing is scored'],
    ['unscored', 'Nothing is kept unscored'],
    ['rejected', 'Nothing is rejected'],
  ] as const)('of status %s says what there is none of', async (status, title) => {
    open(() => page(), status);
    expect(await screen.findByText(title)).toBeTruthy();
  });

  it('say when they happened if they came more than a day late', async () => {
    const receivedAt = '2026-11-21T12:00:00.000Z';
    const late = anEvent({ id: 'late', name: 'Offline', timestamp: '2026-11-18T12:00:00.000Z', receivedAt });
    const soon = anEvent({ id: 'soon', name: 'Online', timestamp: '2026-11-20T12:00:00.000Z', receivedAt });
    open(() => ({ body: { items: [late, soon], nextCursor: null } }));
    const row = (name: string): string => screen.getByText(name).closest('tr')?.textContent ?? '';
    await screen.findByText('Offline');
    expect(row('Offline')).toMatch(/late, from .*ago/);
    expect(row('Online')).not.toContain('late');
  });

  it('stand still while paused, also when the window comes to the front', async () => {
    const { asked } = open(() => page('Signed Up'));
    await screen.findByText('Signed Up');
    const comeToFront = () => act(() => void window.dispatchEvent(new Event('visibilitychange')));
    comeToFront();
    await waitFor(() => expect(asked).toHaveLength(2));
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    comeToFront();
    await act(() => new Promise((done) => setTimeout(done, 50)));
    expect(asked).toHaveLength(2);
  });

  it('that cannot be loaded say so until somebody tries again', async () => {
    jest.useFakeTimers();
    const answers = [problem(503, 'Too busy.'), page('Signed Up')];
    const { asked } = open(() => answers.shift() ?? page('Signed Up'));
    await screen.findByText('Too busy.');
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(asked).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Signed Up')).toBeTruthy();
    await act(() => jest.advanceTimersByTimeAsync(2_100));
    expect(asked).toHaveLength(3);
    jest.useRealTimers();
  });

  it('stay when they cannot be refreshed, and say so', async () => {
    const answers = [page('Signed Up')];
    const { queries } = open(() => answers.shift() ?? problem(503, 'Too busy.'));
    await screen.findByText('Signed Up');
    await act(() => queries.invalidateQueries());
    expect(await screen.findByText(/What you see is the last state/)).toBeTruthy();
    expect(screen.getByText('Too busy.')).toBeTruthy();
    expect(screen.getByText('Signed Up')).toBeTruthy();
  });
});
