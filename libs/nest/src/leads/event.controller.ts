import { Get } from '@nestjs/common';
import { eventListQuerySchema, storedEventListSchema } from '@rekindle/contracts';
import { Database, EventStore } from '@rekindle/store';
import type { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { QueryInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { eventListOf } from './event.mapping';

/** Everything stored, with its status. */
@ApiController('api/events')
export class EventsController {
  private readonly events = new EventStore();

  constructor(private readonly database: Database) {}

  @Get()
  @Access('session', ['events:read'])
  @Describe({ summary: 'List stored events, newest first, rejected ones included', answer: storedEventListSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @QueryInput(eventListQuerySchema) query: z.infer<typeof eventListQuerySchema>,
  ): Promise<z.infer<typeof storedEventListSchema>> {
    return eventListOf(await this.events.list(this.database.read, caller.workspaceId, query));
  }
}
