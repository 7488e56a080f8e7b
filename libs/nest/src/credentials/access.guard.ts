import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { UserError } from '@rekindle/contracts';
import { SessionService } from '../session/session.service';
import { ACCESS, setCaller, type AccessRule, type Caller } from './access.decorator';
import { CredentialService } from './credential.service';
import { basicUserOf, bearerOf, refuseForgedCall, type IncomingRequest } from './request.reader';
import { scopesOf } from './role.scopes';

const unauthorized = (): UserError => new UserError('unauthorized', 'Sign in, or give a valid key.', { status: 401 });

/** Lets a request in only by what its route declares; a route that declares nothing is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: CredentialService,
    private readonly sessions: SessionService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!rule) throw new UserError('access_undeclared', 'This route is closed.', { status: 403 });
    if (rule.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<IncomingRequest>();
    const caller = await this.callerOf(rule, request);
    if (!caller) throw unauthorized();
    this.refuseMissingScopes(rule, caller);
    if (caller.kind === 'user') refuseForgedCall(request);
    setCaller(request, caller);
    return true;
  }

  private async callerOf(rule: AccessRule, request: IncomingRequest): Promise<Caller | null> {
    if (rule.kind === 'write-key') return this.credentials.writeKey(basicUserOf(request) ?? '');
    const key = bearerOf(request);
    if (key !== null) return rule.kind === 'user' ? null : this.credentials.apiKey(key);
    return this.sessions.callerOf(request);
  }

  private refuseMissingScopes(rule: AccessRule, caller: Caller): void {
    const granted = new Set<string>(scopesOf(caller));
    const missing = rule.scopes.filter((scope) => !granted.has(scope));
    if (missing.length === 0) return;
    throw new UserError('scope_missing', `This needs the scope ${missing.join(', ')}.`, { status: 403 });
  }
}
