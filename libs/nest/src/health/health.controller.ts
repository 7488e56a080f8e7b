import { Get, Res, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { livenessSchema, readinessSchema, type Readiness } from '@rekindle/contracts';
import { Access } from '../credentials/access.decorator';
import { ApiController, Describe } from '../openapi/route.decorator';
import { ReadinessService } from './readiness.service';

/** Is the server alive, and may it be sent work? */
@ApiController('/')
@Access('public')
export class HealthController implements BeforeApplicationShutdown {
  constructor(
    private readonly readiness: ReadinessService,
    private readonly host: HttpAdapterHost,
  ) {}

  @Get('healthz')
  @Describe({ summary: 'The process is alive', answer: livenessSchema })
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Describe({ summary: 'The database is writable, durable and migrated', answer: readinessSchema })
  async ready(@Res({ passthrough: true }) response: unknown): Promise<Readiness> {
    const answer = await this.readiness.check();
    this.host.httpAdapter.setHeader(response, 'cache-control', 'no-store');
    if (answer.status !== 'ready') this.host.httpAdapter.status(response, 503);
    return answer;
  }

  beforeApplicationShutdown(): void {
    this.readiness.stop();
  }
}
