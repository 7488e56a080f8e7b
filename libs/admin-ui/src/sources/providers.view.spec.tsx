import type { Source, SourceWithSecret } from '@rekindle/contracts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { fakeServer, problem, visit, type Answer, type Exchange } from '../workspace/world.fixture';
import { Providers } from './providers.view';
import { aSource } from './source.fixture';

const kinds = [
  {
    key: 'webhook',
    label: 'Signed webhook',
    secretOrigin: 'made',
    settingsSchema: { type: 'object' },
    setUp: 'Sign.',
  },
  {
    key: 'ses-events',
    label: 'Amazon SES',
    secretOrigin: 'none',
    settingsSchema: { properties: { topicArn: { type: 'string', title: 'Topic ARN' } }, required: ['topicArn'] },
    setUp: 'Publish.',
  },
];
const made: SourceWithSecret = { ...aSource({ name: 'Shop' }), secret: 'whsec_once', secretUrl: null };
const refused: Answer = {
  status: 422,
  body: {
    ...{ type: 'about:blank', title: 'Problem', status: 422, code: 'invalid_source', requestId: 'req-1' },
    detail: 'The source is not valid.',
    errors: [{ path: 'settings.topicArn', message: 'must be the ARN of a topic' }],
  },
};

function open(
  items: readonly Source[],
  onPost: (exchange: Exchange) => Answer | Promise<Answer> = () => ({ body: made }),
) {
  const server = fakeServer((exchange) => {
    if (exchange.method !== 'GET') return onPost(exchange);
    return { body: { items: exchange.path.endsWith('/catalog') ? kinds : items } };
  });
  visit(<Providers />, server.client);
  return server;
}

const type = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label), { target: { value } });
const add = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Add' }));
const choose = async (key: string): Promise<void> =>
  void fireEvent.change(await screen.findByLabelText('Provider'), { target: { value: key } });

describe('providers', () => {
  it('shows the secret of a new one until somebody says that it is copied', async () => {
    const { asked } = open([]);
    await choose('webhook');
    type('Name', ' Shop ');
    add();
    expect(await screen.findByText('whsec_once')).toBeTruthy();
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ key: 'webhook', name: 'Shop', settings: {} });
    const dialog = screen.getByRole('dialog', { name: 'Secret of “Shop”' });
    fireEvent.keyDown(dialog, { key: 'Escape' });
    expect(within(dialog).queryByRole('button', { name: 'Close' })).toBeNull();
    expect(screen.getByText('whsec_once')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByText('whsec_once')).toBeNull());
  });

  it('keeps the kind while one is being added', async () => {
    let answer = (): void => undefined;
    open([], () => new Promise((done) => (answer = () => done({ body: made }))));
    await choose('webhook');
    type('Name', 'Shop');
    add();
    const kind = screen.getByLabelText<HTMLSelectElement>('Provider');
    await waitFor(() => expect(kind.disabled).toBe(true));
    answer();
    await screen.findByText('whsec_once');
    expect(kind.disabled).toBe(false);
  });

  it('renews the secret of one after asking, and shows it in the same way', async () => {
    const { asked } = open([aSource({ id: 's1', name: 'Shop' })]);
    fireEvent.click(await screen.findByRole('button', { name: 'Replace the secret of Shop' }));
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Replace secret' }));
    expect(await screen.findByRole('dialog', { name: 'Secret of “Shop”' })).toBeTruthy();
    expect(asked.find(({ method }) => method === 'POST')?.path).toBe('/api/sources/s1/secret');
  });

  it('forgets why one could not be removed once the question is closed', async () => {
    open([aSource({ name: 'Shop' })], () => problem(503, 'Too busy.'));
    const ask = () => fireEvent.click(screen.getByRole('button', { name: 'Remove Shop' }));
    await screen.findByRole('article', { name: 'Shop' });
    ask();
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('Too busy.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    ask();
    await screen.findByRole('dialog');
    expect(screen.queryByText('Too busy.')).toBeNull();
  });

  it('keeps what was typed when it is refused, and says why at the field', async () => {
    open([], () => refused);
    await choose('ses-events');
    type('Name', 'Mails');
    type('Topic ARN', 'mail');
    add();
    expect(await screen.findByText('must be the ARN of a topic')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Topic ARN').value).toBe('mail');
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Mails');
  });

  it('lets one whose kind is gone be switched off and removed, and nothing else', async () => {
    const problem = 'There is no source of the kind "pigeon".';
    open([aSource({ key: 'pigeon', name: 'Pigeon', problem })]);
    const card = await screen.findByRole('article', { name: 'Pigeon' });
    await screen.findByLabelText('Provider');
    expect(within(card).getByText(problem)).toBeTruthy();
    expect(
      within(card)
        .getAllByRole('button')
        .map((button) => button.getAttribute('aria-label')),
    ).toEqual(['Copy the address of Pigeon', 'Switch off Pigeon', 'Remove Pigeon']);
  });

  it('says why the last call was refused', async () => {
    open([aSource({ name: 'Shop', lastRefusal: { at: '2026-11-21T11:00:00.000Z', code: 'too_old' } })]);
    const card = await screen.findByRole('article', { name: 'Shop' });
    expect(within(card).getByText('Last call refused')).toBeTruthy();
    expect(within(card).getByText(/signed too long ago/)).toBeTruthy();
  });
});
