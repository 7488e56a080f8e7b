import { HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { ingestResponseSchema, type IngestResponse } from '@rekindle/contracts';
import { Clock } from '../clock/clock';
import { Access } from '../credentials/access.decorator';
import { ApiController, Describe } from '../openapi/route.decorator';
import type { MessageType } from './canonical.message';
import { IngestService } from './ingest.service';
import { allowPreflight, batchIn, optionsOf, TrackingDoor, type Reply, type TrackingRequest } from './tracking.door';

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

/**
 * The Segment tracking API. Public for the guard alone: a key may stand in the body, so each call checks it once the
 * body has been read.
 */
@ApiController('v1')
@Access('public')
export class TrackingController {
  constructor(
    private readonly ingest: IngestService,
    private readonly door: TrackingDoor,
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
    const { caller, body } = await this.door.open(request, reply);
    const { items, ...shared } = batchIn(body);
    return this.ingest.ingest(caller.workspaceId, items, { ...optionsOf(caller, this.clock.now()), ...shared });
  }

  @Options(everyPath)
  @HttpCode(204)
  preflight(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): void {
    allowPreflight(request, reply);
  }

  private async takeOne(request: TrackingRequest, reply: Reply, type: MessageType): Promise<IngestResponse> {
    const { caller, body } = await this.door.open(request, reply);
    return this.ingest.ingest(caller.workspaceId, [body], { ...optionsOf(caller, this.clock.now()), type });
  }
}
