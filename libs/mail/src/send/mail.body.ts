import { Readable } from 'node:stream';

/** Raised inside the stream where `beforeData` said no. */
export class HandOverRefused extends Error {
  override readonly name = 'HandOverRefused';
}

/** Raised inside the stream where `beforeData` itself failed; `cause` is its error. */
export class BeforeDataFailed extends Error {
  override readonly name = 'BeforeDataFailed';
}

const CHUNK_BYTES = 64 * 1024;

/**
 * The content of a mail as a stream that asks before it yields. Nodemailer reads it for the first time after the
 * server's 354, which is the one moment between "nothing left" and "everything may have left".
 */
export class MailBody extends Readable {
  /** True from the moment the first byte may have left. */
  hasStarted = false;
  /** True once the last byte was read. */
  isExhausted = false;
  private offset = 0;
  private asked: Promise<void> = Promise.resolve();

  constructor(
    private readonly raw: Buffer,
    private readonly beforeData: () => Promise<boolean>,
  ) {
    super();
  }

  override _read(): void {
    if (this.hasStarted) {
      this.pushNext();
      return;
    }
    this.asked = this.beforeData().then(
      (mayGo) => this.start(mayGo),
      (cause: unknown) => {
        this.destroy(new BeforeDataFailed('beforeData failed', { cause }));
      },
    );
  }

  /** Resolves when a `beforeData` under way has come to its end, well or not. */
  settled(): Promise<void> {
    return this.asked;
  }

  /** The connection may be gone by now: then nothing may count as started. */
  private start(mayGo: boolean): void {
    if (this.destroyed) {
      return;
    }
    if (!mayGo) {
      this.destroy(new HandOverRefused('beforeData refused'));
      return;
    }
    this.hasStarted = true;
    this.pushNext();
  }

  private pushNext(): void {
    if (this.offset >= this.raw.length) {
      this.isExhausted = true;
      this.push(null);
      return;
    }
    const chunk = this.raw.subarray(this.offset, this.offset + CHUNK_BYTES);
    this.offset += chunk.length;
    this.push(chunk);
  }
}
