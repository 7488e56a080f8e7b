import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { workspaceRoot } from './workspace.root';

/**
 * Path of a recorded input, such as `leads/x_education_leads.csv`: below `REKINDLE_DATA`, or else `../shared/data` beside
 * the repository. Null, with a notice, where it is not there: what is told of it is then left out.
 */
export function recordedPath(name: string): string | null {
  const given = process.env['REKINDLE_DATA'] ?? '../shared/data'; // eslint-disable-line no-restricted-properties -- a folder for tests alone
  const path = resolve(workspaceRoot(), given, name);
  if (existsSync(path)) return path;
  process.stdout.write(`notice: ${name} is not here; what is told of it is left out\n`);
  return null;
}
