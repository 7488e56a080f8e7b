import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this workspace. Tests run in it or in a project's folder, benchmarks from a bundle elsewhere. */
export function workspaceRoot(): string {
  let folder = process.cwd();
  while (!existsSync(join(folder, 'nx.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`${process.cwd()} is not in this workspace.`);
    folder = parent;
  }
  return folder;
}
