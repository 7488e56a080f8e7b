import { Injectable } from '@nestjs/common';
import type { eventListQuerySchema, StoredEventList } from '@rekindle/contracts';
import { Database, EventStore, type EventRow, type Page, type PageRequest } from '@rekindle/store';
import type { z } from 'zod';
import { Clock } from '../clock/clock';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { eventListOf } from './event.mapping';

/** Stored events, with what they are worth now. */
@Injectable()
export class EventReader {
  private readonly events = new EventStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly definitions: DefinitionsCache,
  ) {}

  async list(workspaceId: string, query: z.infer<typeof eventListQuerySchema>): Promise<StoredEventList> {
    return this.shown(workspaceId, await this.events.list(this.database.read, workspaceId, query));
  }

  async forLead(workspaceId: string, leadId: string, page: PageRequest): Promise<StoredEventList> {
    return this.shown(workspaceId, await this.events.listForLead(this.database.read, workspaceId, leadId, page));
  }

  private async shown(workspaceId: string, page: Page<EventRow>): Promise<StoredEventList> {
    const { model } = (await this.definitions.of(this.database.read, workspaceId)).definitions;
    return eventListOf(page, model, this.clock.now());
  }
}
