import { Get, Patch } from '@nestjs/common';
import { alertListQuerySchema, alertListSchema, alertSchema, alertUpdateSchema, type Alert } from '@rekindle/contracts';
import { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { BodyInput, PathInput, QueryInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { AlertService } from './alert.service';

/** What rules told sales. */
@ApiController('api/alerts')
export class AlertsController {
  constructor(private readonly alerts: AlertService) {}

  @Get()
  @Access('session', ['alerts:read'])
  @Describe({ summary: 'List alerts, newest crossing first', answer: alertListSchema })
  list(@CurrentCaller() caller: Caller, @QueryInput(alertListQuerySchema) query: z.infer<typeof alertListQuerySchema>) {
    return this.alerts.list(caller.workspaceId, query);
  }

  @Patch(':id')
  @Access('session', ['alerts:write'])
  @Describe({ summary: 'Mark an alert done or unread', answer: alertSchema, problems: [404] })
  update(
    @CurrentCaller() caller: Caller,
    @PathInput('id', z.uuid()) id: string,
    @BodyInput(alertUpdateSchema) { state }: z.infer<typeof alertUpdateSchema>,
  ): Promise<Alert> {
    return this.alerts.setState(caller.workspaceId, id, state);
  }
}
