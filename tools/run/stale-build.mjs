import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runBin } from './command.mjs';
import { hashOf, isStamped, writeStamp } from './content-stamp.mjs';
import { withProgress } from './progress.mjs';

const everywhere = ['package-lock.json', 'tsconfig.base.json'];
const pure = ['libs/scoring/src', 'libs/rules/src', 'libs/contracts/src'];

const builds = [
  {
    name: 'server',
    project: 'apps/api',
    output: 'dist/apps/api/main.js',
    sources: [
      ...['apps/api', ...pure, 'libs/plugins/src', 'libs/store/src', 'libs/mail/src', 'libs/nest/src'],
      ...['tools/demo/src', ...everywhere],
    ],
  },
  {
    name: 'admin',
    project: 'apps/admin',
    output: 'dist/apps/admin/index.html',
    sources: ['apps/admin', ...pure, 'libs/admin-ui/src', 'libs/client/src', ...everywhere],
  },
];

/** Builds the server and the admin where their sources differ from those of the last build. Throws on a failure. */
export async function buildWhatIsStale() {
  const stale = builds
    .map((build) => ({ ...build, hash: hashOf(build.sources), stamp: `dist/stamps/${build.name}` }))
    .filter(({ output, stamp, hash }) => !existsSync(join(root, output)) || !isStamped(stamp, hash));
  if (stale.length === 0) return;
  await withProgress(`Building the ${stale.map(({ name }) => name).join(' and the ')}`, () =>
    Promise.all(stale.map(build)),
  );
}

async function build({ name, project, stamp, hash }) {
  const args = ['build', '--logLevel', 'warn', '--config', 'vite.config.mts'];
  const code = await runBin('vite', args, { cwd: join(root, project), env: { NODE_ENV: 'production' } });
  if (code !== 0) throw new Error(`The ${name} could not be built; the messages are above.`);
  writeStamp(stamp, hash);
}
