import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** A value of the environment does not fit; the message names every bad variable. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
  .transform((value) => value.replace(/\/+$/, ''));
const flag = z
  .enum(['0', '1', 'true', 'false', ''], { error: 'must be 1 or 0' })
  .transform((value) => value === '1' || value === 'true');
const wholeUpTo = (most: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().max(most, `must be at most ${most}`));
const databaseUrl = z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must be sqlite:<path> or postgres://…');
const key = z
  .string()
  .min(8, 'must have at least 8 characters')
  .max(200)
  .regex(/^[\x21-\x39\x3b-\x7e]+$/, 'must be printable ASCII without spaces and colons');

const environmentSchema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .pipe(z.number().max(65_535, 'must be at most 65535'))
    .default(3_000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: httpUrl.optional(),
  DATABASE_URL: databaseUrl.default('sqlite:./.data/rekindle.db'),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be redis://…' }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' }).optional(),
  MAIL_FROM: z.email('must be one e-mail address').default('hello@rekindle.test'),
  MAIL_FROM_NAME: z.string().max(120).optional(),
  POSTAL_ADDRESS: z.string().min(1).max(300).default('Rekindle, 1 Example Street, 12345 Example City'),
  ALERT_QUEUE_ADDRESS: z.email('must be one e-mail address').optional(),
  ROLE: z.enum(['all', 'api', 'worker'], { error: 'must be all, api or worker' }).default('all'),
  SHARED_EMAIL: z.enum(['keep-apart', 'unite'], { error: 'must be keep-apart or unite' }).default('keep-apart'),
  SOFT_BOUNCE_DAYS: wholeUpTo(100).default(3),
  SOFT_BOUNCE_WITHIN_DAYS: wholeUpTo(365).pipe(z.number().min(1, 'must be at least 1')).default(30),
  HIDDEN_LINK: flag.default(true),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  BOOTSTRAP_WRITE_KEY: key.optional(),
  BOOTSTRAP_API_KEY: key.optional(),
  BOOTSTRAP_ADMIN_EMAIL: z.email('must be one e-mail address').optional(),
  BOOTSTRAP_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').max(1_000).optional(),
  DEMO: flag.default(false),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** The server's settings, read once at the start. */
export interface Environment {
  port: number;
  host: string;
  publicUrl: string;
  databaseUrl: string;
  redisUrl?: string;
  smtpUrl?: string;
  mailFrom: string;
  mailFromName?: string;
  postalAddress: string;
  alertQueueAddress?: string;
  sharedEmail: 'keep-apart' | 'unite';
  hasHiddenLink: boolean;
  softBounces: { days: number; withinDays: number };
  role: 'all' | 'api' | 'worker';
  secretKey: string;
  bootstrap: { writeKey?: string; apiKey?: string; adminEmail?: string; adminPassword?: string };
  isDemo: boolean;
  logLevel: string;
}

type Values = z.infer<typeof environmentSchema>;

function withoutBlanks(source: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(source).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== '',
    ),
  );
}

/** Path of the SQLite file a database address names, absolute. */
export function sqliteFileOf(url: string): string | null {
  return url.startsWith('sqlite:') ? resolve(url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')) : null;
}

function problemsAcross(values: Values): string[] {
  const problems: string[] = [];
  const isPostgres = !values.DATABASE_URL.startsWith('sqlite:');
  if (isPostgres) problems.push('DATABASE_URL: postgres is not supported by this version; use sqlite:<path>');
  if (isPostgres && !values.SECRET_KEY) problems.push('SECRET_KEY: is required with a postgres database');
  if (values.REDIS_URL) problems.push('REDIS_URL: is not supported by this version; leave it unset');
  if (!values.BOOTSTRAP_ADMIN_EMAIL !== !values.BOOTSTRAP_ADMIN_PASSWORD) {
    problems.push('BOOTSTRAP_ADMIN_EMAIL, BOOTSTRAP_ADMIN_PASSWORD: give both or none');
  }
  // So many days (UTC) can be touched within the other, both ends included.
  if (values.SOFT_BOUNCE_DAYS > values.SOFT_BOUNCE_WITHIN_DAYS + 1) {
    problems.push('SOFT_BOUNCE_DAYS: are more than there are within SOFT_BOUNCE_WITHIN_DAYS');
  }
  return problems;
}

function keptSecretKey(databaseFile: string): string {
  const file = join(dirname(databaseFile), 'secret.key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dirname(file), { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  try {
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    throw error;
  }
}

function secretKeyOf(values: Values): string {
  if (values.SECRET_KEY) return values.SECRET_KEY;
  const file = sqliteFileOf(values.DATABASE_URL);
  if (file === null) throw new EnvironmentError(['SECRET_KEY: is required with a postgres database']);
  const secret = keptSecretKey(file);
  if (secret.length < 32) throw new EnvironmentError([`SECRET_KEY: the key kept beside ${file} is too short`]);
  return secret;
}

function read(source: NodeJS.ProcessEnv): Values {
  const result = environmentSchema.safeParse(withoutBlanks(source));
  const problems = result.success
    ? problemsAcross(result.data)
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (problems.length > 0) throw new EnvironmentError([...new Set(problems)]);
  return environmentSchema.parse(withoutBlanks(source));
}

/**
 * Reads every variable the server knows; the only place that does.
 * Without SECRET_KEY a key is made once and kept beside the SQLite file. Throws `EnvironmentError`.
 */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const values = read(source);
  return {
    port: values.PORT,
    host: values.HOST ?? (values.DEMO ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    mailFromName: values.MAIL_FROM_NAME,
    postalAddress: values.POSTAL_ADDRESS,
    alertQueueAddress: values.ALERT_QUEUE_ADDRESS,
    role: values.ROLE,
    hasHiddenLink: values.HIDDEN_LINK,
    softBounces: { days: values.SOFT_BOUNCE_DAYS, withinDays: values.SOFT_BOUNCE_WITHIN_DAYS },
    sharedEmail: values.SHARED_EMAIL,
    secretKey: secretKeyOf(values),
    bootstrap: {
      writeKey: values.BOOTSTRAP_WRITE_KEY,
      apiKey: values.BOOTSTRAP_API_KEY,
      adminEmail: values.BOOTSTRAP_ADMIN_EMAIL,
      adminPassword: values.BOOTSTRAP_ADMIN_PASSWORD,
    },
    isDemo: values.DEMO,
    logLevel: values.LOG_LEVEL,
  };
}
