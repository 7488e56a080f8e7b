import type { WriteKey } from '@rekindle/contracts';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { fakeServer, problem, visit, type Answer } from '../workspace/world.fixture';
import { WriteKeys } from './write-keys.view';

const shop: WriteKey = {
  ...{ id: 'k1', name: 'Shop', prefix: 'wk_abc', last4: 'wxyz', trust: 'server' },
  ...{ createdAt: '2026-11-20T12:00:00.000Z', revokedAt: null },
};
const made: Answer = { body: { ...shop, id: 'k2', key: 'wk_whole' } };

function open(onPost: () => Answer) {
  const server = fakeServer(({ method }) => (method === 'GET' ? { body: { items: [shop] } } : onPost()));
  visit(<WriteKeys />, server.client);
  return server;
}

const make = (name: string): void => {
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: name } });
  fireEvent.click(screen.getByRole('button', { name: 'Make a key' }));
};
const nameTyped = () => screen.getByLabelText<HTMLInputElement>('Name').value;

describe('write keys', () => {
  it('keep what was typed when one cannot be made', async () => {
    open(() => problem(503, 'Too busy.'));
    make('Website');
    expect(await screen.findByText('Too busy.')).toBeTruthy();
    expect(nameTyped()).toBe('Website');
  });

  it('are shown whole once, until somebody says that one is copied', async () => {
    open(() => made);
    make('Website');
    expect(await screen.findByText('wk_whole')).toBeTruthy();
    expect(nameTyped()).toBe('');
    fireEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByText('wk_whole')).toBeNull());
  });

  it('that are replaced work on, and the answer says so', async () => {
    open(() => made);
    fireEvent.click(await screen.findByRole('button', { name: 'Replace key Shop' }));
    expect(await screen.findByText('wk_whole')).toBeTruthy();
    expect(screen.getByText(/The old key works on until you revoke it/)).toBeTruthy();
  });
});
