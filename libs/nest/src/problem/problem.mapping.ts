import { HttpException } from '@nestjs/common';
import { BugError, OperationalError, UserError, type Problem } from '@rekindle/contracts';

/** What the filter sends: the RFC 9457 document, its status and the headers that go with it. */
export interface ProblemAnswer {
  status: number;
  body: Problem;
  headers: Record<string, string>;
  /** True when the cause must be logged: somebody on our side has to act. */
  isOurs: boolean;
}

interface Finding {
  status: number;
  code: string;
  detail?: string;
  errors?: Problem['errors'];
  retryAfterSeconds?: number;
}

const titles: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Sign-in or key is missing or wrong',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict with the current state',
  410: 'Gone',
  412: 'Changed by someone else in the meantime',
  413: 'The request is too large',
  414: 'The address is too long',
  415: 'Content type is not supported',
  422: 'The content is not valid',
  428: 'A precondition is missing',
  429: 'Too many requests',
  431: 'Header fields are too large',
  500: 'Something went wrong on our side',
  503: 'Not available right now',
};

const codes: Record<number, string> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  429: 'too_many_requests',
  431: 'headers_too_large',
  503: 'unavailable',
};

function codeOf(status: number): string {
  return codes[status] ?? (status < 500 ? 'bad_request' : 'internal_error');
}

/** Errors of the HTTP adapter and its body parsers carry `statusCode` (Fastify) or `status` (Express). */
function statusOfAdapterError(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null;
  const { statusCode, status } = error as { statusCode?: unknown; status?: unknown };
  const value = statusCode ?? status;
  return typeof value === 'number' && value >= 400 && value < 500 ? value : null;
}

function ofHttpException(error: HttpException): Finding {
  const status = error.getStatus();
  return { status, code: codeOf(status), ...(status < 500 ? { detail: error.message } : {}) };
}

function ofUserError(error: UserError): Finding {
  return {
    status: error.status,
    code: error.code,
    detail: error.message,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
  };
}

function findingOf(error: unknown): Finding {
  if (error instanceof UserError) return ofUserError(error);
  if (error instanceof OperationalError) {
    const retryAfterSeconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 1_000) / 1_000));
    return { status: 503, code: error.code, retryAfterSeconds };
  }
  if (error instanceof BugError) return { status: 500, code: error.code };
  if (error instanceof HttpException) return ofHttpException(error);
  const status = statusOfAdapterError(error);
  return status === null ? { status: 500, code: 'internal_error' } : { status, code: codeOf(status) };
}

/**
 * Maps anything thrown to RFC 9457 problem details with a stable `code`.
 * Messages of errors that are ours are never shown: they may hold data.
 */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  const { status, code, detail, errors, retryAfterSeconds } = findingOf(error);
  return {
    status,
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    isOurs: status >= 500 && !(error instanceof OperationalError && error.isByDesign),
    body: {
      type: `urn:rekindle:problem:${code}`,
      title: titles[status] ?? (status < 500 ? 'The request cannot be answered' : 'Something went wrong on our side'),
      status,
      code,
      ...(detail === undefined ? {} : { detail }),
      requestId,
      ...(errors === undefined ? {} : { errors }),
    },
  };
}
