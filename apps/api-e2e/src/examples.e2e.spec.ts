import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@rekindle/testing';

const root = join(__dirname, '../../..');
const run = promisify(execFile);

describe('the examples run as they stand', () => {
  it('01: a CRM on Nest takes a visit in and reads the score without HTTP', async () => {
    const example = ['tools/run-ts.mjs', 'examples/01-embed-in-nest.ts', temporaryFolder()];
    const { stdout } = await run(process.execPath, example, { cwd: root });
    expect(stdout).toMatch(/^1 accepted; ann has 6\.0 points$/m);
  }, 60_000);

  it('02: a script scores leads with the pure library and says why', async () => {
    const example = ['tools/run-ts.mjs', 'examples/02-score-without-nest.ts'];
    const { stdout } = await run(process.execPath, example, { cwd: root });
    expect(stdout).toMatch(/^ann: B2 .*\(medium: Asked for a demo 8\.8, Looked at pricing 5\.7, .*\), fit B$/m);
    expect(stdout).toMatch(/^bob: B3 .*\(low: Opened an e-mail 0\.4\), fit B$/m);
  }, 60_000);
});
