import type { Problem } from '@rekindle/contracts';

/** A request that did not succeed. `status` is 0 when no answer came at all. */
export class RequestFailure extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RequestFailure';
  }

  /** Quoted to support; null when the server gave none. */
  get requestId(): string | null {
    return this.problem?.requestId ?? null;
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }

  /** True where the same request may succeed later without anybody changing it. */
  get isWorthRetrying(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}
