import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** While the log is smaller it is left to the writer, and there is no thread. */
const WORTH_A_THREAD_BYTES = 4 * 1024 * 1024;

/**
 * What the thread does, as plain text because it has to run wherever this library is bundled into. The pages of the log
 * that are not in the file yet are copied once there are enough of them; nobody waits for that (`PASSIVE`).
 */
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Sqlite = require(workerData.driver);
  const ENOUGH_PAGES = 1000;
  const PAUSE_MS = 25;
  const file = new Sqlite(workerData.path, { fileMustExist: true });
  file.pragma('synchronous = FULL');
  file.pragma('wal_autocheckpoint = 0');
  let timer = null;
  const checkpoint = () => {
    timer = null;
    try {
      const [{ log, checkpointed }] = file.pragma('wal_checkpoint(NOOP)');
      if (log - checkpointed >= ENOUGH_PAGES) file.pragma('wal_checkpoint(PASSIVE)');
    } catch (error) {
      parentPort.postMessage({ code: error.code, message: error.message });
    }
  };
  parentPort.on('message', (message) => {
    if (message === 'written') {
      timer ??= setTimeout(checkpoint, PAUSE_MS);
      return;
    }
    clearTimeout(timer);
    file.close();
    parentPort.close();
  });
`;

/**
 * Copies what is in the write-ahead log into the database file on a thread of its own while the writer goes on, so that
 * the writer's own checkpoint, at the end of a log, finds little left to do. Left out, or failing, nothing is lost but
 * time: the writer's does the rest.
 */
export class Checkpointer {
  private worker: Worker | null = null;
  private isHopeless = false;

  /** `onError` hears of every failure, with the driver's own error. */
  constructor(
    private readonly path: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** To be called after every commit, which it never makes fail. Costs microseconds. */
  noticeCommit(): void {
    try {
      if (this.worker === null && this.isWorthwhile()) this.worker = this.start();
    } catch (error) {
      this.giveUp(error);
    }
    this.worker?.postMessage('written');
  }

  /** Resolves when the thread has let go of the file; the next commit may start another. */
  async rest(): Promise<void> {
    const { worker } = this;
    if (worker === null) return;
    this.worker = null;
    worker.ref();
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('rest');
    await gone;
  }

  private isWorthwhile(): boolean {
    if (this.isHopeless) return false;
    const log = statSync(`${this.path}-wal`, { throwIfNoEntry: false });
    return log !== undefined && log.size >= WORTH_A_THREAD_BYTES;
  }

  private start(): Worker {
    const driver = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(program, {
      eval: true,
      execArgv: [],
      workerData: { path: this.path, driver },
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
    });
    worker.unref();
    worker.on('message', (error: unknown) => this.onError(error));
    worker.on('error', (error) => this.giveUp(error));
    return worker;
  }

  private giveUp(error: unknown): void {
    this.isHopeless = true;
    this.worker = null;
    this.onError(error);
  }
}
