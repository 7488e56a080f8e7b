import { Logger } from '@nestjs/common';

/** Runs one piece of work again and again, never twice at once; a failure is logged and the next round tries again. */
export class PollingLoop {
  private readonly log = new Logger('Loops');
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();
  private isStopped = true;

  /** `work` is one round; `pauseMs` lies between the end of one and the start of the next. */
  constructor(
    private readonly name: string,
    private readonly work: () => Promise<void>,
    private readonly pauseMs: number,
  ) {}

  start(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.schedule(0);
  }

  /** Resolves when the round under way, if any, has ended; no other one starts. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.round;
  }

  private schedule(delayMs: number): void {
    this.timer = setTimeout(() => {
      this.round = this.runRound();
    }, delayMs);
  }

  private async runRound(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.log.error({ err: error, loop: this.name, code: 'round_failed' });
    }
    if (!this.isStopped) this.schedule(this.pauseMs);
  }
}
