import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { BugError } from '@rekindle/contracts';

/** What an API key or a signed-in user may do. */
export const scopes = [
  'alerts:read',
  'alerts:write',
  'events:read',
  'imports:read',
  'imports:write',
  'leads:read',
  'messages:read',
  'models:read',
  'models:write',
  'rules:read',
  'sources:read',
  'sources:write',
  'workspace:read',
  'write-keys:read',
  'write-keys:write',
] as const;
export type Scope = (typeof scopes)[number];

/**
 * `public`: nobody signs in. `write-key`: the tracking API's key. `session`: a signed-in user or an API key with the
 * scopes. `user`: a signed-in user alone.
 */
export type AccessKind = 'public' | 'write-key' | 'session' | 'user';

export interface AccessRule {
  kind: AccessKind;
  scopes: readonly Scope[];
}

/** Metadata key under which a route declares its access. */
export const ACCESS = 'rekindle:access';

/** Declares who may call a route. A route without it stops the start of the application. */
export const Access = (kind: AccessKind, needed: readonly Scope[] = []): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS, { kind, scopes: needed } satisfies AccessRule);

/** Who calls, found from the credential alone: never from the path, the query or the body. */
export type Caller = { workspaceId: string } & (
  | { kind: 'write-key'; keyId: string; trust: 'server' | 'browser' }
  | { kind: 'api-key'; keyId: string; scopes: readonly string[] }
  | { kind: 'user'; userId: string; sessionId: string; role: Role }
);
export type Role = 'viewer' | 'operator' | 'admin';

const CALLER = Symbol('rekindle.caller');

/** Remembers on the request who calls. */
export function setCaller(request: object, caller: Caller): void {
  Object.defineProperty(request, CALLER, { value: caller, configurable: true });
}

/** Who calls; absent on public routes. */
export function callerOf(request: object): Caller | undefined {
  return (request as { [CALLER]?: Caller })[CALLER];
}

/** The caller, as a handler's argument. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<object>());
  if (!caller) throw new BugError('caller_unknown', 'a handler asked for the caller of a route that has none');
  return caller;
});
