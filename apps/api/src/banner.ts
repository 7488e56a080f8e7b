import type { Environment } from './env';
import type { ShownCredentials } from './first.start';

/** The lines a person reads after the start. */
export function bannerOf(env: Environment, credentials: ShownCredentials | null): string {
  const lines = [`Rekindle is ready: ${env.publicUrl}`];
  if (credentials) {
    lines.push(`  sign in      ${credentials.email}`);
    lines.push(`  password     ${credentials.password}`);
    lines.push(`  write key    ${credentials.writeKey}`);
    lines.push(`  API key      ${credentials.apiKey}`);
  }
  lines.push(`  API          ${env.publicUrl}/docs`);
  if (!env.smtpUrl) lines.push(`  mail         caught, see ${env.publicUrl}/mail`);
  if (env.host === '127.0.0.1') lines.push('  reachable    from this machine alone (set HOST=0.0.0.0 to change that)');
  return `${lines.join('\n')}\n`;
}
