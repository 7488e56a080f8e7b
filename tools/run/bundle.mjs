import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './command.mjs';

/**
 * Bundles TypeScript entries with the workspace's paths and decorators, hands the built files' paths (in the same
 * order) to `use`, and clears up after it.
 */
export async function withBundle(entries, use) {
  const { build } = await import('vite');
  // Below the root, so that Node finds node_modules from there.
  const outDir = join(root, 'dist/tools', randomUUID());
  const nameOf = (entry) => basename(entry, '.ts');
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      resolve: { tsconfigPaths: true },
      ssr: { target: 'node', external: true, noExternal: [/^@rekindle\//] },
      build: {
        ssr: true,
        outDir,
        target: 'node20',
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: Object.fromEntries(entries.map((entry) => [nameOf(entry), join(root, entry)])),
          output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', keepNames: true },
        },
      },
    });
    return await use(entries.map((entry) => join(outDir, `${nameOf(entry)}.mjs`)));
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
