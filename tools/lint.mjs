// `npm run lint`: the whole workspace in one process. ESLint's boundary rule reads Nx's graph and says nothing where
// there is none, so the graph is drawn anew first.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { root, runBin } from './run/command.mjs';

const graph = join(root, '.nx/workspace-data/project-graph.json');

await ensureInstalled();
rmSync(graph, { force: true });
const drawn = await runBin('nx', ['show', 'projects'], { stdio: ['ignore', 'ignore', 'inherit'] });
if (drawn !== 0 || !existsSync(graph)) throw new Error(`Nx drew no graph at ${graph}: boundaries would go unchecked.`);
const env = { LINT_WHOLE: '1', NODE_OPTIONS: '--max-old-space-size=4096' };
process.exitCode = await runBin(
  'eslint',
  ['--max-warnings', '0', ...(process.argv[2] ? process.argv.slice(2) : ['.'])],
  {
    env,
  },
);
