import { Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { UserError, sessionSchema, signInSchema, type Session } from '@rekindle/contracts';
import type { z } from 'zod';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { refuseCrossSite, type IncomingRequest } from '../credentials/request.reader';
import { BodyInput } from '../openapi/input.pipe';
import { ApiController, Describe } from '../openapi/route.decorator';
import { SessionService } from './session.service';

/** Sign in, sign out, who am I. */
@ApiController('api/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly host: HttpAdapterHost,
  ) {}

  @Get()
  @Access('user')
  @Describe({ summary: 'Who is signed in', answer: sessionSchema })
  show(@CurrentCaller() caller: Caller): Promise<Session> {
    const { workspaceId, userId } = this.userOf(caller);
    return this.sessions.describe(workspaceId, userId);
  }

  @Post()
  @HttpCode(200)
  @Access('public')
  @Describe({
    summary: 'Sign in; the answer sets an HttpOnly cookie',
    answer: sessionSchema,
    problems: [401, 403, 429],
  })
  async signIn(
    @BodyInput(signInSchema) credentials: z.infer<typeof signInSchema>,
    @Req() request: IncomingRequest,
    @Res({ passthrough: true }) response: unknown,
  ): Promise<Session> {
    refuseCrossSite(request);
    const { cookie, session } = await this.sessions.signIn(credentials, request.ip ?? '');
    this.setCookie(response, cookie);
    return session;
  }

  @Delete()
  @HttpCode(204)
  @Access('user')
  @Describe({ summary: 'Sign out' })
  async signOut(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: unknown): Promise<void> {
    this.setCookie(response, await this.sessions.signOut(this.userOf(caller)));
  }

  private setCookie(response: unknown, cookie: string): void {
    this.host.httpAdapter.setHeader(response, 'set-cookie', cookie);
    this.host.httpAdapter.setHeader(response, 'cache-control', 'no-store');
  }

  private userOf(caller: Caller): Extract<Caller, { kind: 'user' }> {
    if (caller.kind !== 'user') throw new UserError('unauthorized', 'Sign in first.', { status: 401 });
    return caller;
  }
}
