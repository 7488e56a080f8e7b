/** One bad field of an input: where (dotted path, empty for the whole) and what is wrong, in words for people. */
export interface FieldError {
  path: string;
  message: string;
}

interface ErrorDetails {
  cause?: unknown;
}

/** Statuses a `UserError` may carry. */
export type UserErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 429 | 431;

/**
 * The caller must act; the message is shown to them. `code` is stable and documented.
 * `retryAfterSeconds` (whole seconds) becomes the Retry-After header.
 */
export class UserError extends Error {
  readonly code: string;
  readonly status: UserErrorStatus;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: string,
    message: string,
    details: ErrorDetails & {
      status?: UserErrorStatus;
      errors?: readonly FieldError[];
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'UserError';
    this.code = code;
    this.status = details.status ?? 400;
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/**
 * Nothing is wrong with the request: the same call may succeed later (503). `retryAfterMs` says when to try again;
 * absent, the caller uses its own back-off.
 */
export class OperationalError extends Error {
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  /** Refused so that others are served in time: nothing broke, and nobody has to look into it. */
  readonly isByDesign: boolean;

  constructor(
    code: string,
    message: string,
    details: ErrorDetails & { retryAfterMs?: number; isByDesign?: boolean } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'OperationalError';
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
    this.isByDesign = details.isByDesign ?? false;
  }
}

/** We must act: an invariant of the software does not hold. The message is logged, never shown (500). */
export class BugError extends Error {
  readonly code: string;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'BugError';
    this.code = code;
  }
}
