import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { ProvisionService } from '@rekindle/nest';
import type { Environment } from './env';

/** A sign-in or key as the start shows it: in full when it was made now or is the demo's, by its origin when given. */
export interface ShownCredentials {
  email: string;
  password: string;
  writeKey: string;
  apiKey: string;
}

/** The demo's credentials are known to everybody; its server listens on this machine alone unless told otherwise. */
export const demoCredentials = {
  email: 'demo@rekindle.test',
  password: 'rekindle-demo',
  writeKey: 'demo_write_key',
  apiKey: 'demo_api_key',
} as const;

const secret = (): string => randomBytes(24).toString('base64url');

interface Credential {
  value: string;
  shown: string;
}

function credential(given: string | undefined, variable: string, otherwise: () => string): Credential {
  if (given !== undefined) return { value: given, shown: `as given in ${variable}` };
  const value = otherwise();
  return { value, shown: value };
}

function credentialsOf({ bootstrap, isDemo }: Environment) {
  const ofDemo = (name: keyof typeof demoCredentials, made: () => string) => () =>
    isDemo ? demoCredentials[name] : made();
  return {
    email: bootstrap.adminEmail ?? (isDemo ? demoCredentials.email : 'admin@rekindle.test'),
    password: credential(bootstrap.adminPassword, 'BOOTSTRAP_ADMIN_PASSWORD', ofDemo('password', secret)),
    writeKey: credential(
      bootstrap.writeKey,
      'BOOTSTRAP_WRITE_KEY',
      ofDemo('writeKey', () => `lsw_${secret()}`),
    ),
    apiKey: credential(
      bootstrap.apiKey,
      'BOOTSTRAP_API_KEY',
      ofDemo('apiKey', () => `lsk_${secret()}`),
    ),
  };
}

/** What to show for the demo's workspace on a later start. */
export function shownDemoCredentials(env: Environment): ShownCredentials {
  return shown(credentialsOf({ ...env, isDemo: true }));
}

function shown({ email, password, writeKey, apiKey }: ReturnType<typeof credentialsOf>): ShownCredentials {
  return { email, password: password.shown, writeKey: writeKey.shown, apiKey: apiKey.shown };
}

/**
 * Creates the first workspace of an empty database; answers its id and what may be shown of its credentials, or null
 * where another process was first.
 */
export async function provisionFirst(
  app: INestApplicationContext,
  env: Environment,
): Promise<{ workspaceId: string; credentials: ShownCredentials } | null> {
  const made = credentialsOf(env);
  const workspaceId = await app.get(ProvisionService, { strict: false }).createFirst({
    name: env.isDemo ? 'Demo' : 'My workspace',
    timezone: 'UTC',
    isDemo: env.isDemo,
    writeKey: made.writeKey.value,
    apiKey: made.apiKey.value,
    admin: { email: made.email, password: made.password.value, name: env.isDemo ? 'Demo Admin' : 'Admin' },
  });
  return workspaceId === null ? null : { workspaceId, credentials: shown(made) };
}
