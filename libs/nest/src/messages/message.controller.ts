import { Get } from '@nestjs/common';
import {
  UserError,
  messageDetailSchema,
  messageListQuerySchema,
  messageListSchema,
  type Message,
} from '@rekindle/contracts';
import { Database, MessageListStore, type MessageListItem } from '@rekindle/store';
import { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { isoOf } from '../leads/score.mapping';
import { PathInput, QueryInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';

function messageOf(row: MessageListItem): Message {
  const { id, kind, leadId, leadName, subject, step, template, state, reason, isCaught } = row;
  return {
    id,
    kind,
    leadId,
    leadName,
    to: row.toAddress,
    subject,
    sequence: row.sequenceKey,
    step,
    template,
    state,
    reason,
    isCaught,
    createdAt: isoOf(row.createdAt),
    sentAt: isoOf(row.sentAt),
  };
}

/** Mail that was sent, caught or held. */
@ApiController('api/messages')
@Access('session', ['messages:read'])
export class MessagesController {
  private readonly store = new MessageListStore();

  constructor(private readonly database: Database) {}

  @Get()
  @Describe({ summary: 'List messages, newest first', answer: messageListSchema })
  async list(
    @CurrentCaller() { workspaceId }: Caller,
    @QueryInput(messageListQuerySchema) query: z.infer<typeof messageListQuerySchema>,
  ): Promise<z.infer<typeof messageListSchema>> {
    const page = await this.store.list(this.database.read, workspaceId, query);
    const total = await this.store.count(this.database.read, workspaceId, query);
    return { items: page.items.map(messageOf), nextCursor: page.nextCursor, total };
  }

  @Get(':id')
  @Describe({ summary: 'A message with its frozen content', answer: messageDetailSchema, problems: [404] })
  async byId(
    @CurrentCaller() { workspaceId }: Caller,
    @PathInput('id', z.uuid()) id: string,
  ): Promise<z.infer<typeof messageDetailSchema>> {
    const row = await this.store.byId(this.database.read, workspaceId, id);
    if (!row) throw new UserError('not_found', 'There is no such message.', { status: 404 });
    return { ...messageOf(row), html: row.html, text: row.text, headers: row.headers };
  }
}
