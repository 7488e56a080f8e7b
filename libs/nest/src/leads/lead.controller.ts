import { Get } from '@nestjs/common';
import {
  leadDetailSchema,
  leadHistoryQuerySchema,
  leadHistorySchema,
  leadListQuerySchema,
  leadListSchema,
  pageQuerySchema,
  scoreAnswerSchema,
  scoreQuerySchema,
  storedEventListSchema,
  timelineSchema,
  type LeadListQuery,
} from '@rekindle/contracts';
import { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { PathInput, QueryInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { EventReader } from './event.reader';
import { LeadReader } from './lead.reader';
import { LeadService } from './lead.service';
import { ScoreService } from './score.service';
import { TimelineService } from './timeline.service';

type PageQuery = z.infer<typeof pageQuerySchema>;
const idSchema = z.uuid();
const userIdSchema = z.string().min(1).max(255);

/** Leads, their scores at any instant, and why. */
@ApiController('api/leads')
@Access('session', ['leads:read'])
export class LeadsController {
  constructor(
    private readonly reader: LeadReader,
    private readonly leads: LeadService,
    private readonly scores: ScoreService,
    private readonly timeline: TimelineService,
    private readonly events: EventReader,
  ) {}

  @Get()
  @Describe({ summary: 'List leads, best first', answer: leadListSchema })
  list(@CurrentCaller() caller: Caller, @QueryInput(leadListQuerySchema) query: LeadListQuery) {
    return this.leads.list(caller.workspaceId, query);
  }

  @Get('by-external-id/:userId')
  @Describe({ summary: 'A lead by the sender’s user id', answer: leadDetailSchema, problems: [404] })
  async byExternalId(@CurrentCaller() caller: Caller, @PathInput('userId', userIdSchema) userId: string) {
    return this.leads.detail(caller.workspaceId, await this.reader.byUserId(caller.workspaceId, userId));
  }

  @Get(':id')
  @Describe({ summary: 'A lead with its score now', answer: leadDetailSchema, problems: [404] })
  async byId(@CurrentCaller() caller: Caller, @PathInput('id', idSchema) id: string) {
    return this.leads.detail(caller.workspaceId, await this.reader.byId(caller.workspaceId, id));
  }

  @Get(':id/score')
  @Describe({
    summary: 'The score at an instant: past as it was, future as it will be if nothing happens',
    answer: scoreAnswerSchema,
    problems: [404],
  })
  async score(
    @CurrentCaller() caller: Caller,
    @PathInput('id', idSchema) id: string,
    @QueryInput(scoreQuerySchema) { at }: z.infer<typeof scoreQuerySchema>,
  ) {
    const file = await this.reader.byId(caller.workspaceId, id);
    return this.scores.score(caller.workspaceId, file, at === undefined ? undefined : Date.parse(at));
  }

  @Get(':id/history')
  @Describe({ summary: 'Score over time with the forecast', answer: leadHistorySchema, problems: [404] })
  async history(
    @CurrentCaller() caller: Caller,
    @PathInput('id', idSchema) id: string,
    @QueryInput(leadHistoryQuerySchema) span: z.infer<typeof leadHistoryQuerySchema>,
  ) {
    return this.leads.history(caller.workspaceId, await this.reader.byId(caller.workspaceId, id), span);
  }

  @Get(':id/timeline')
  @Describe({ summary: 'Everything that happened to a lead, newest first', answer: timelineSchema, problems: [404] })
  async showTimeline(
    @CurrentCaller() caller: Caller,
    @PathInput('id', idSchema) id: string,
    @QueryInput(pageQuerySchema) page: PageQuery,
  ) {
    return this.timeline.page(caller.workspaceId, await this.reader.byId(caller.workspaceId, id), page);
  }

  @Get(':id/events')
  @Describe({ summary: 'The stored events of a lead, newest first', answer: storedEventListSchema, problems: [404] })
  async listEvents(
    @CurrentCaller() caller: Caller,
    @PathInput('id', idSchema) id: string,
    @QueryInput(pageQuerySchema) page: PageQuery,
  ) {
    const lead = await this.reader.rowById(caller.workspaceId, id);
    return this.events.forLead(caller.workspaceId, lead.id, page);
  }
}
