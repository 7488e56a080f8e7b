import { Get, HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { ingestResponseSchema, sourceConfigSchema, type IngestResponse, type SourceConfig } from '@rekindle/contracts';
import { Clock } from '../clock/clock';
import { Access } from '../credentials/access.decorator';
import { ApiController, Describe } from '../openapi/route.decorator';
import { IngestService } from './ingest.service';
import { allowPreflight, batchIn, optionsOf, TrackingDoor, type Reply, type TrackingRequest } from './tracking.door';

const off = { enabled: false } as const;

/**
 * What RudderStack's browser client needs beside `/v1`: its settings, and the address of its beacons, which carry the
 * key in the query because a beacon has no headers. Public for the guard alone: the door checks the key.
 */
@ApiController('')
@Access('public')
export class BeaconController {
  constructor(
    private readonly ingest: IngestService,
    private readonly door: TrackingDoor,
    private readonly clock: Clock,
  ) {}

  @Get('sourceConfig')
  @Describe({ summary: 'Settings of the RudderStack browser client', answer: sourceConfigSchema })
  async sourceConfig(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<SourceConfig> {
    const { keyId, writeKey } = await this.door.recognise(request, reply);
    const config = { statsCollection: { errors: off, metrics: off } };
    const source = { id: keyId, name: 'Rekindle', writeKey, config };
    return { source: { ...source, enabled: true, destinations: [], connections: [] } };
  }

  @Post('beacon/v1/batch')
  @HttpCode(200)
  @Describe({
    summary: 'Take in up to 2,500 calls from a beacon',
    answer: ingestResponseSchema,
    problems: [413, 415, 503],
  })
  async beacon(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): Promise<IngestResponse> {
    const { caller, body } = await this.door.open(request, reply);
    const { items, ...shared } = batchIn(body);
    return this.ingest.ingest(caller.workspaceId, items, { ...optionsOf(caller, this.clock.now()), ...shared });
  }

  @Options(['sourceConfig', 'beacon/v1/batch'])
  @HttpCode(204)
  preflight(@Req() request: TrackingRequest, @Res({ passthrough: true }) reply: Reply): void {
    allowPreflight(request, reply);
  }
}
