import type { Import, ImportFinding } from '@rekindle/contracts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { fakeServer, problem, visit, type Answer, type Exchange } from '../workspace/world.fixture';
import { ImportJob } from './import-job.view';
import { anImport } from './source.fixture';

const finding: ImportFinding = {
  ...{ rows: 1_305, importable: 1, unchanged: 0, skipped: 0, rejected: 1_304, newRecords: 1, knownRecords: 0 },
  reasons: [
    { code: 'no_identity', reason: 'The row does not say who it is.', count: 1_303 },
    { code: 'invalid_email', reason: '“x” is not an e-mail address.', count: 1 },
  ],
  errors: [{ line: 2, code: 'no_identity', reason: 'The row does not say who it is.' }],
  samples: [],
};

function open(job: Import, onChange: (exchange: Exchange) => Answer = () => ({ body: job })) {
  const server = fakeServer((exchange) => (exchange.method === 'GET' ? { body: job } : onChange(exchange)));
  visit(<ImportJob id={job.id} onClose={() => undefined} />, server.client);
  return server;
}

describe('one import', () => {
  it('is checked with everything that was mapped and said', async () => {
    const { asked } = open(anImport());
    fireEvent.change(await screen.findByLabelText('What E-mail becomes'), { target: { value: 'userId' } });
    fireEvent.change(screen.getByLabelText('How E-mail is read'), { target: { value: 'number' } });
    fireEvent.change(screen.getByLabelText(/Words that mean/), { target: { value: ' n/a, ,none ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Check without importing' }));
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith('/check'))).toBe(true));
    expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      ...anImport().mapping,
      columns: [{ column: 'E-mail', target: 'userId', type: 'number' }],
      unknownValues: ['n/a', 'none'],
    });
  });

  it('is not checked while its mapping lacks something', async () => {
    const issues = [{ path: 'userId', message: 'Map the column that says who it is.' }];
    const { asked } = open(anImport(), () => ({ body: anImport({ issues }) }));
    fireEvent.click(await screen.findByRole('button', { name: 'Check without importing' }));
    expect(await screen.findByText('Map the column that says who it is.')).toBeTruthy();
    expect(asked.filter(({ method }) => method !== 'GET').map(({ method }) => method)).toEqual(['PUT']);
  });

  it('says how many rows are refused for what, also of those that are not listed', async () => {
    open(anImport({ state: 'checked', finding }));
    expect(await screen.findByText('1,303 rows, such as: The row does not say who it is.')).toBeTruthy();
    expect(screen.getByText('1 row: “x” is not an e-mail address.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Import 1 row' })).toBeTruthy();
  });

  it('is undone after a question that says what follows, and says so where it could not be', async () => {
    open(anImport({ state: 'done', imported: 1 }), () => problem(409, 'The import is under way.'));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo this import' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/Everything the row brought .* sequences it ended go on/)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Undo this import' }));
    expect(await screen.findByText('The import is under way.')).toBeTruthy();
    expect(screen.getByText('This was not done')).toBeTruthy();
  });

  it.each([
    ['ready', ['Check without importing', 'Discard']],
    ['checked', ['Import 1 row', 'Change the mapping', 'Discard']],
    ['done', ['Undo this import']],
  ] as const)('that is %s can be looked at by viewers, and not moved on', async (state, names) => {
    const job = anImport({ state, finding });
    const server = fakeServer(() => ({ body: job }));
    visit(<ImportJob id={job.id} onClose={() => undefined} />, server.client, 'viewer');
    expect(await screen.findByText('Viewers cannot import.')).toBeTruthy();
    const buttons = await Promise.all(names.map((name) => screen.findByRole<HTMLButtonElement>('button', { name })));
    expect(buttons.map((button) => button.matches(':disabled'))).toEqual(names.map(() => true));
    expect(screen.getByRole('button', { name: 'All imports' }).matches(':disabled')).toBe(false);
  });

  it('shows why the server gave up on checking it', async () => {
    open(anImport({ error: 'The file has too many rows.' }));
    expect(await screen.findByText('The file has too many rows.')).toBeTruthy();
    expect(screen.getByText('Stopped')).toBeTruthy();
  });
});
