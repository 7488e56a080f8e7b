import { Injectable } from '@nestjs/common';
import { UserError } from '@rekindle/contracts';
import type { Caller } from '../credentials/access.decorator';
import { CredentialService } from '../credentials/credential.service';
import { basicUserOf, type IncomingRequest } from '../credentials/request.reader';
import { readBody } from './body.reader';
import type { IngestOptions } from './canonical.message';
import { IngestService } from './ingest.service';

/** A request of a tracking client, under Fastify and Express alike. */
export type TrackingRequest = IncomingRequest & { query?: Record<string, unknown> };

/** Who sends, once the write key has been checked. */
export type WriteCaller = Extract<Caller, { kind: 'write-key' }>;

/** What Fastify's and Express's replies have in common. */
export interface Reply {
  header(name: string, value: string): unknown;
}

/** Any page may send; no cookie or session ever counts here, so no credentials are allowed. */
function allowEveryOrigin(reply: Reply): void {
  reply.header('access-control-allow-origin', '*');
  reply.header('access-control-expose-headers', 'retry-after');
}

/** A form, a beacon or a library that cannot set headers puts the key into the body or the query. */
function keyIn(request: TrackingRequest, body: Record<string, unknown>): string {
  const candidates = [basicUserOf(request), body['writeKey'], request.query?.['writeKey']];
  return candidates.find((key): key is string => typeof key === 'string' && key !== '') ?? '';
}

/** What holds for every item of a call. */
export function optionsOf(caller: WriteCaller, receivedAt: number): IngestOptions {
  return { receivedAt, source: 'http', trust: caller.trust };
}

/** The items of a batch and what they share. Throws `invalid_batch`. */
export function batchIn(body: Record<string, unknown>): { items: unknown[]; sentAt: unknown; context: unknown } {
  const { batch, sentAt, context } = body;
  if (Array.isArray(batch)) return { items: batch, sentAt, context };
  throw new UserError('invalid_batch', 'A batch is an object with an array "batch".');
}

/**
 * Answers a browser that asks before it sends: every origin, and whatever header the client says it will send (the
 * clients differ, and none of their headers gives a right).
 */
export function allowPreflight(request: TrackingRequest, reply: Reply): void {
  const asked = request.headers['access-control-request-headers'];
  const isHeaderList = typeof asked === 'string' && /^[\w\-, ]{1,1000}$/.test(asked);
  allowEveryOrigin(reply);
  reply.header('access-control-allow-methods', 'GET, POST, OPTIONS');
  reply.header('access-control-allow-headers', isHeaderList ? asked : 'authorization, content-type');
  reply.header('access-control-max-age', '86400');
}

/** Lets tracking clients in by their write key, wherever the client puts it. */
@Injectable()
export class TrackingDoor {
  constructor(
    private readonly credentials: CredentialService,
    private readonly ingest: IngestService,
  ) {}

  /**
   * The sender and the body, for whom there is room now. Throws what `readBody` throws; `unauthorized` 401;
   * `overloaded` 503, as a rule before the body was read.
   */
  async open(request: TrackingRequest, reply: Reply): Promise<{ caller: WriteCaller; body: Record<string, unknown> }> {
    allowEveryOrigin(reply);
    this.ingest.assertTimely();
    const body = await readBody(request);
    const caller = await this.callerOf(keyIn(request, body));
    this.ingest.assertTimely(caller.trust);
    return { caller, body };
  }

  /** The sender of a request without a body. Throws `unauthorized` 401. */
  async recognise(request: TrackingRequest, reply: Reply): Promise<WriteCaller & { writeKey: string }> {
    allowEveryOrigin(reply);
    const writeKey = keyIn(request, {});
    return { ...(await this.callerOf(writeKey)), writeKey };
  }

  private async callerOf(key: string): Promise<WriteCaller> {
    const caller = await this.credentials.writeKey(key);
    if (caller?.kind === 'write-key') return caller;
    throw new UserError('unauthorized', 'The write key is missing, wrong or revoked.', { status: 401 });
  }
}
