import { HttpCode, Post, Req } from '@nestjs/common';
import { ingestResponseSchema, type IngestResponse } from '@rekindle/contracts';
import { z } from 'zod';
import { Access } from '../credentials/access.decorator';
import type { IncomingRequest } from '../credentials/request.reader';
import { PathInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { DeliveryService } from './delivery.service';

/** Where providers send to. Public for the guard alone: each delivery is believed by its own signature. */
@ApiController('v1/sources')
@Access('public')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveryService) {}

  @Post(':sourceId')
  @HttpCode(200)
  @Describe({
    summary: 'Take in what a source sends, signed in its own way',
    answer: ingestResponseSchema,
    problems: [401, 404, 413, 415, 503],
  })
  receive(@PathInput('sourceId', z.uuid()) sourceId: string, @Req() request: IncomingRequest): Promise<IngestResponse> {
    return this.deliveries.receive(sourceId, request);
  }
}
