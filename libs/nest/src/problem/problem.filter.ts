import { randomUUID } from 'node:crypto';
import { Catch, Injectable, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { problemOf } from './problem.mapping';

/** The id a request is logged under: the adapter's own where it gives one, else a new one. */
export function requestIdOf(request: unknown): string {
  const id = typeof request === 'object' && request !== null ? (request as { id?: unknown }).id : undefined;
  return typeof id === 'string' && id !== '' ? id : randomUUID();
}

/** Answers every error of our routes as `application/problem+json`; bound per controller, never global. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Rekindle');

  constructor(private readonly host: HttpAdapterHost) {}

  catch(error: unknown, context: ArgumentsHost): void {
    const http = context.switchToHttp();
    const response: unknown = http.getResponse();
    const requestId = requestIdOf(http.getRequest());
    const answer = problemOf(error, requestId);
    if (answer.isOurs) this.log.error({ err: error, requestId, code: answer.body.code });
    const { httpAdapter } = this.host;
    if (httpAdapter.isHeadersSent(response)) return;
    const headers = { ...answer.headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, answer.body, answer.status);
  }
}
