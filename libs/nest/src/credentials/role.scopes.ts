import { scopes, type Caller, type Role, type Scope } from './access.decorator';

const readScopes = scopes.filter((scope) => scope.endsWith(':read'));

const scopesOfRole: Record<Role, readonly Scope[]> = {
  viewer: readScopes,
  operator: [...readScopes, 'alerts:write', 'imports:write'],
  admin: scopes,
};

/** What a caller may do: a key its own scopes, a user those of the role. */
export function scopesOf(caller: Caller): readonly string[] {
  if (caller.kind === 'user') return scopesOfRole[caller.role];
  return caller.kind === 'api-key' ? caller.scopes : [];
}
