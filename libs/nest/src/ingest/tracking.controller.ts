import { HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { ingestResponseSchema, UserError, type IngestResponse } from '@rekindle/contracts';
import { Clock } from '../clock/clock';
import { Access, type Caller } from '../credentials/access.decorator';
import { CredentialService } from '../credentials/credential.service';
import { basicUserOf, type IncomingRequest } from '../credentials/request.reader';
import { ApiController, Describe } from '../openapi/route.decorator';
import { readBody } from './body.reader';
import type { MessageType } from './canonical.message';
import { IngestService } from './ingest.service';

type TrackingRequest = IncomingRequest & { query?: Record<string, unknown> };

/** What Fastify's and Express's replies have in common. */
interface Reply {
  header(name: string, value: string): unknown;
}

const everyPath = [
  'track',
  't',
  'identify',
  'i',
  'page',
  'p',
  'screen',
  's',
  'group',
  'g',
  'alias',
  'a',
  'batch',
  'b',
  'import',
];

const describeAs = (summary: string): MethodDecorator =>
  Describe({ summary, answer: ingestResponseSchema, problems: [413, 415, 503] });

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

/**
 * The Segment tracking API. Public for the guard alone: a key may stand in the body, so each call checks it once the
 * body has been read.
 */
@ApiController('v1')
@Access('public')
export class TrackingController {
  constructor(
    private readonly ingest: IngestService,
    private readonly credentials: CredentialService,
    private readonly clock: Clock,
  ) {}

  @Post(['track', 't'])
  @HttpCode(200)
  @describeAs('Take in a track call')
  track(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    return this.takeOne(request, reply, 'track');
  }

  @Post(['identify', 'i'])
  @HttpCode(200)
  @describeAs('Take in an identify call')
  identify(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    return this.takeOne(request, reply, 'identify');
  }

  @Post(['page', 'p'])
  @HttpCode(200)
  @describeAs('Take in a page call')
  page(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    return this.takeOne(request, reply, 'page');
  }

  @Post(['screen', 's'])
  @HttpCode(200)
  @describeAs('Take in a screen call')
  screen(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    return this.takeOne(request, reply, 'screen');
  }

  @Post(['group', 'g'])
  @HttpCode(200)
  @describeAs('Take in a group call')
  group(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    return this.takeOne(request, reply, 'group');
  }

  @Post(['alias', 'a'])
  @HttpCode(200)
  @describeAs('Take in an alias call')
  alias(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    return this.takeOne(request, reply, 'alias');
  }

  @Post(['batch', 'b', 'import'])
  @HttpCode(200)
  @describeAs('Take in up to 2,500 calls, each with its own result')
  async batch(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    const { caller, body } = await this.open(request, reply);
    const items = body['batch'];
    if (!Array.isArray(items)) throw new UserError('invalid_batch', 'A batch is an object with an array "batch".');
    const { sentAt, context } = body;
    return this.ingest.ingest(caller.workspaceId, items, { ...this.optionsOf(caller), sentAt, context });
  }

  @Options(everyPath)
  @HttpCode(204)
  preflight(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): void {
    const asked = request.headers['access-control-request-headers'];
    const isHeaderList = typeof asked === 'string' && /^[\w\-, ]{1,1000}$/.test(asked);
    allowEveryOrigin(reply);
    reply.header('access-control-allow-methods', 'POST, OPTIONS');
    reply.header('access-control-allow-headers', isHeaderList ? asked : 'authorization, content-type');
    reply.header('access-control-max-age', '86400');
  }

  private async takeOne(request: TrackingRequest, reply: Reply, type: MessageType): Promise<IngestResponse> {
    const { caller, body } = await this.open(request, reply);
    return this.ingest.ingest(caller.workspaceId, [body], { ...this.optionsOf(caller), type });
  }

  private async open(
    request: TrackingRequest,
    reply: Reply,
  ): Promise<{ caller: WriteCaller; body: Record<string, unknown> }> {
    allowEveryOrigin(reply);
    const body = await readBody(request);
    const caller = await this.credentials.writeKey(keyIn(request, body));
    if (caller?.kind === 'write-key') return { caller, body };
    throw new UserError('unauthorized', 'The write key is missing, wrong or revoked.', { status: 401 });
  }

  private optionsOf(caller: WriteCaller): { receivedAt: number; source: string; trust: WriteCaller['trust'] } {
    return { receivedAt: this.clock.now(), source: 'http', trust: caller.trust };
  }
}

type WriteCaller = Extract<Caller, { kind: 'write-key' }>;
