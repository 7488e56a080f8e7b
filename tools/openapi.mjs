// `npm run openapi` builds the server and writes openapi.json and the client's types from it. With --check it only says
// whether they are fresh, with --built it takes the server as it was built last.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runBin, serverCommand } from './run/command.mjs';
import { readOrNull } from './run/content-stamp.mjs';
import { buildWhatIsStale } from './run/stale-build.mjs';

const CLIENT_TYPES = 'libs/client/src/openapi.gen.ts';
const isCheck = process.argv.includes('--check');
const scratch = mkdtempSync(join(tmpdir(), 'openapi-'));

try {
  if (!process.argv.includes('--built')) await buildWhatIsStale();
  const command = [...serverCommand(), '--openapi'];
  const document = execFileSync(process.execPath, command, { cwd: scratch, encoding: 'utf8' });
  const text = `${JSON.stringify(JSON.parse(document), null, 2)}\n`;
  const source = join(scratch, 'openapi.json');
  writeFileSync(source, text);
  const files = { 'openapi.json': text };
  if (existsSync(join(root, 'libs/client/src'))) files[CLIENT_TYPES] = await clientTypes(source);
  for (const [path, content] of Object.entries(files)) settle(path, content);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function clientTypes(source) {
  const output = join(scratch, 'openapi.gen.ts');
  const code = await runBin('openapi-typescript', [source, '--output', output], { stdio: 'ignore' });
  if (code !== 0) throw new Error('The client types could not be generated.');
  return readFileSync(output, 'utf8');
}

function settle(path, content) {
  if (readOrNull(path) === content) {
    process.stdout.write(`${path} is fresh\n`);
  } else if (isCheck) {
    process.stdout.write(`${path} is stale: run npm run openapi and commit it\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, path), content);
    process.stdout.write(`${path} written\n`);
  }
}
