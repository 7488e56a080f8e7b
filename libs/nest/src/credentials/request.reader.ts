import { UserError } from '@rekindle/contracts';

/** What of a request both adapters (Fastify, Express) have in common. */
export interface IncomingRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  ip?: string;
}

/** A header that may come once. */
export function headerOf(request: IncomingRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

/** The key of `Authorization: Bearer …`, or null. */
export function bearerOf(request: IncomingRequest): string | null {
  return /^bearer +(\S{1,2000})$/i.exec(headerOf(request, 'authorization') ?? '')?.[1] ?? null;
}

/** The user name of `Authorization: Basic …`, which is where tracking clients put the write key; or null. */
export function basicUserOf(request: IncomingRequest): string | null {
  const encoded = /^basic +([\w+/=-]{1,4000})$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? text : text.slice(0, colon);
}

/** A cookie by name; null when it is absent or given more than once (nobody knows which one is meant). */
export function cookieOf(request: IncomingRequest, name: string): string | null {
  const pairs = (headerOf(request, 'cookie') ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Refuses a call that a browser makes on behalf of another site. */
export function refuseCrossSite(request: IncomingRequest): void {
  if (headerOf(request, 'sec-fetch-site') === 'cross-site') {
    throw new UserError('cross_site', 'This call may not come from another site.', { status: 403 });
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses a state-changing call with a session unless our own page made it. */
export function refuseForgedCall(request: IncomingRequest): void {
  if (safeMethods.has(request.method)) return;
  refuseCrossSite(request);
  if (headerOf(request, 'x-rekindle') !== '1') {
    throw new UserError('header_required', 'Calls that change something need the header x-rekindle: 1.', {
      status: 403,
    });
  }
}
