import { Get } from '@nestjs/common';
import { eventListQuerySchema, storedEventListSchema } from '@rekindle/contracts';
import type { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { QueryInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { EventReader } from './event.reader';

/** Everything stored, with its status. */
@ApiController('api/events')
export class EventsController {
  constructor(private readonly events: EventReader) {}

  @Get()
  @Access('session', ['events:read'])
  @Describe({ summary: 'List stored events, newest first, rejected ones included', answer: storedEventListSchema })
  list(@CurrentCaller() caller: Caller, @QueryInput(eventListQuerySchema) query: z.infer<typeof eventListQuerySchema>) {
    return this.events.list(caller.workspaceId, query);
  }
}
