import { spawn, type ChildProcess } from 'node:child_process';

/** What SQLite makes a commit durable with. */
const WRITES = 'pwrite64,fdatasync,fsync';

/** A tracer that kills the server as it enters its nth write to a file. */
export interface Killer {
  /** Ends the tracer, which may wait for ever for threads that died with the server; a server that lives goes on. */
  release(): Promise<void>;
}

/** Resolves once the tracer holds every thread of the process. Needs Linux and strace. */
export async function killAtWrite(pid: number, nth: number): Promise<Killer> {
  const inject = `inject=${WRITES}:signal=SIGKILL:when=${nth}`;
  const tracer = spawn('strace', ['-f', '-p', String(pid), '-e', `trace=${WRITES}`, '-e', inject, '-o', '/dev/null'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => tracer.once('exit', () => resolve()));
  await attached(tracer);
  return {
    release: () => {
      tracer.kill('SIGKILL');
      return ended;
    },
  };
}

function attached(tracer: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = '';
    tracer.once('error', reject);
    tracer.once('exit', () => reject(new Error(`strace ended: ${words}`)));
    tracer.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words += text;
      if (words.includes('attached')) resolve();
    });
  });
}
