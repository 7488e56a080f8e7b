import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { seedDemo } from '@rekindle/demo';
import { LeadScoringModule, ManualClock } from '@rekindle/nest';
import type { Logger } from 'pino';
import { sqliteFileOf, type Environment } from './env';
import { provisionFirst } from './first.start';
import { PinoNestLogger } from './logger';
import { moduleOptionsOf } from './server.factory';

const DAY_MS = 86_400_000;

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

async function seed(env: Environment, logger: Logger, onProgress: (line: string) => void): Promise<void> {
  const now = Date.now();
  const clock = new ManualClock(now - 122 * DAY_MS);
  // No loops and no SMTP: the seed drives every step itself, and nobody gets mail from a story.
  const options = { ...moduleOptionsOf(env, clock), role: 'api' as const, smtpUrl: undefined };
  const context = await NestFactory.createApplicationContext(LeadScoringModule.forRoot(options), {
    logger: new PinoNestLogger(logger),
    abortOnError: false,
  });
  try {
    const first = await provisionFirst(context, env);
    if (first === null) throw new Error('The demo is told in a file of its own, and this one has a workspace already.');
    const { workspaceId } = first;
    await seedDemo({ get: (token) => context.get(token, { strict: false }) }, { workspaceId, clock, now, onProgress });
  } finally {
    await context.close();
  }
}

/**
 * Fills a database that does not exist yet with the demo. It is written beside its final place and moved there when
 * it is complete, so that an interrupted start leaves nothing half told. Answers whether it did anything.
 */
export async function seedDemoOnce(
  env: Environment,
  logger: Logger,
  onProgress: (line: string) => void,
): Promise<boolean> {
  const file = sqliteFileOf(env.databaseUrl);
  if (!env.isDemo || file === null || existsSync(file)) return false;
  const draft = `${file}.seeding`;
  mkdirSync(dirname(file), { recursive: true });
  removeDatabase(draft);
  await seed({ ...env, databaseUrl: `sqlite:${draft}` }, logger, onProgress);
  renameSync(draft, file);
  return true;
}
