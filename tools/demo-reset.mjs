// `npm run demo:reset`: throws the demo's database away; the next `npm start` tells its story anew.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run/command.mjs';
import { readOrNull } from './run/content-stamp.mjs';

const say = (line) => process.stdout.write(`${line}\n`);
const port = process.env.PORT || '3000';
const isServing = await fetch(`http://127.0.0.1:${port}/healthz`).then(
  () => true,
  () => false,
);

if (isServing) {
  say(`A server answers on port ${port}: stop it first.`);
  process.exitCode = 1;
} else if (process.env.DATABASE_URL) {
  say('DATABASE_URL is set: this clears nothing but the default ./.data/rekindle.db.');
  process.exitCode = 1;
} else {
  const files = readOrNull('.data/rekindle.db') === null ? [] : readdirSync(join(root, '.data'));
  for (const file of files.filter((name) => name.startsWith('rekindle.db'))) rmSync(join(root, '.data', file));
  say('The demo is cleared; npm start seeds it anew.');
}
