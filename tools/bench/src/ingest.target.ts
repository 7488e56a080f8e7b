import { spawn, type ChildProcess } from 'node:child_process';
import { nodeFlagsOf, startServer } from '@rekindle/testing';

/** A server under load. */
export interface Target {
  url: string;
  writeKey: string;
  pid: number;
  stop(): Promise<void>;
}

/** The built server on a database of its own. */
export function startProduct(path: string): Promise<Target> {
  return startServer({ env: { DATABASE_URL: `sqlite:${path}` } });
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the floor server stopped before it listened')));
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /"port":(\d+)/.exec(chunk.toString());
      if (found) resolve(Number(found[1]));
    });
  });
}

/**
 * The floor on a copy of the product's database, run by Node as the product is. `stateLength`: characters of a lead's
 * state.
 */
export async function startFloor(floor: { path: string; entry: string; stateLength: number }): Promise<Target> {
  const { path, entry, stateLength } = floor;
  const child = spawn(process.execPath, [...nodeFlagsOf(), entry, path, String(stateLength)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return { url: `http://127.0.0.1:${port}`, writeKey: 'floor', pid: child.pid ?? 0, stop };
}
