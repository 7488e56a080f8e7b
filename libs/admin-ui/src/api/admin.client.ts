import { problemSchema } from '@rekindle/contracts';
import type { z } from 'zod';
import { text } from '../text/catalogue';
import { RequestFailure } from './request.failure';

type QueryValue = string | number | undefined;

/** One read: the answer is checked against `schema`. */
export interface ReadRequest<T> {
  path: string;
  schema: z.ZodType<T>;
  query?: Record<string, QueryValue>;
  signal?: AbortSignal;
}

/** One change: carries the header that the server asks of cookie sessions. */
export interface ChangeRequest<T> {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Sent as JSON; a file as it is. */
  body?: unknown;
  query?: Record<string, QueryValue>;
  /** Left out where the answer does not matter. */
  schema?: z.ZodType<T>;
}

/** The only way the admin talks to the server. Every failure is a `RequestFailure`. */
export interface AdminClient {
  read<T>(request: ReadRequest<T>): Promise<T>;
  change<T = unknown>(request: ChangeRequest<T>): Promise<T>;
}

export interface AdminClientOptions {
  /** Prefix of every path, e.g. `https://scores.example.com`; empty for the same origin. */
  origin?: string;
  fetch?: typeof fetch;
}

const withQuery = (path: string, query: Record<string, QueryValue> = {}): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
};

async function jsonOf(response: Response): Promise<unknown> {
  const body = await response.text();
  if (body === '') return null;
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new RequestFailure(response.status, null, text.failure.unreadable, { cause });
  }
}

async function failureOf(response: Response): Promise<RequestFailure> {
  const body = await jsonOf(response).catch(() => null);
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) return new RequestFailure(response.status, null, text.failure.status(response.status));
  return new RequestFailure(response.status, parsed.data, parsed.data.detail ?? parsed.data.title);
}

function checked<T>(schema: z.ZodType<T>, body: unknown, status: number): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new RequestFailure(status, null, text.failure.unexpected, { cause: parsed.error });
}

/** Makes the client: same-origin cookies, problem+json failures, answers validated by the contracts. */
export function createAdminClient(options: AdminClientOptions = {}): AdminClient {
  const origin = options.origin ?? '';
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  const exchange = async (path: string, init: RequestInit): Promise<{ status: number; body: unknown }> => {
    const answer = await send(`${origin}${path}`, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new RequestFailure(0, null, text.failure.offline, { cause });
    });
    if (!answer.ok) throw await failureOf(answer);
    return { status: answer.status, body: await jsonOf(answer) };
  };

  return {
    async read({ path, schema, query, signal }) {
      const { status, body } = await exchange(withQuery(path, query), {
        headers: { accept: 'application/json' },
        signal,
      });
      return checked(schema, body, status);
    },
    async change<T>({ method, path, body, query, schema }: ChangeRequest<T>): Promise<T> {
      const headers: Record<string, string> = { accept: 'application/json', 'x-rekindle': '1' };
      const isFile = body instanceof Blob;
      if (body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
      const answer = await exchange(withQuery(path, query), {
        method,
        headers,
        body: body === undefined || isFile ? body : JSON.stringify(body),
      });
      return schema === undefined ? (answer.body as T) : checked(schema, answer.body, answer.status);
    },
  };
}
