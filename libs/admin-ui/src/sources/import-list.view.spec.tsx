import { fireEvent, screen, waitFor } from '@testing-library/react';
import { fakeServer, problem, visit, type Answer, type Exchange } from '../workspace/world.fixture';
import { ImportList } from './import-list.view';
import { anImport } from './source.fixture';

const none: Answer = { body: { items: [], nextCursor: null } };

function open(answer: (exchange: Exchange) => Answer | Promise<Answer>) {
  const opened: string[] = [];
  const server = fakeServer(answer);
  visit(<ImportList onOpen={(id) => opened.push(id)} />, server.client);
  return { ...server, opened };
}

const drop = (name: string): void =>
  void fireEvent.drop(screen.getByText(/Choose a CSV|Uploading/), { dataTransfer: { files: [new File(['a'], name)] } });

describe('imports so far', () => {
  it('are all within reach, however many', async () => {
    open(({ path }) => {
      const isOlder = path.includes('cursor=older');
      const items = [isOlder ? anImport({ id: 'b', fileName: 'old.csv' }) : anImport({ id: 'a', fileName: 'new.csv' })];
      return { body: { items, nextCursor: isOlder ? null : 'older' } };
    });
    await screen.findByText('new.csv');
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('old.csv')).toBeTruthy();
    expect(screen.getByText('new.csv')).toBeTruthy();
  });
});

describe('an upload', () => {
  it('takes one file at a time', async () => {
    const { asked, opened } = open(async ({ method }) => {
      if (method === 'GET') return none;
      await new Promise((done) => setTimeout(done, 20));
      return { body: anImport({ id: 'a' }) };
    });
    drop('one.csv');
    await screen.findByText('Uploading…');
    drop('two.csv');
    await waitFor(() => expect(opened).toEqual(['a']));
    expect(asked.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
      '/api/imports?kind=leads&name=one.csv',
    ]);
  });

  it('that fails says that it was not done, and why', async () => {
    open(({ method }) => (method === 'GET' ? none : problem(422, 'The file is empty.')));
    drop('empty.csv');
    expect(await screen.findByText('The file is empty.')).toBeTruthy();
    expect(screen.getByText('This was not done')).toBeTruthy();
  });
});
