import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError, readEnvironment } from './env';

const secret = 'a-secret-key-of-thirty-two-characters!';
const folder = () => mkdtempSync(join(tmpdir(), 'rekindle-env-'));

function problemsOf(source: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('needs nothing but defaults', () => {
    const env = readEnvironment({ SECRET_KEY: secret });
    expect(env).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: 'sqlite:./.data/rekindle.db',
      role: 'all',
      isDemo: false,
      hasHiddenLink: true,
      softBounces: { days: 3, withinDays: 30 },
    });
    expect(env.smtpUrl).toBeUndefined();
  });

  it('names every bad variable at once', () => {
    const problems = problemsOf({
      PORT: '99999',
      ROLE: 'boss',
      SMTP_URL: 'http://x',
      DATABASE_URL: 'mysql://x',
      SECRET_KEY: 'short',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'DATABASE_URL',
      'PORT',
      'ROLE',
      'SECRET_KEY',
      'SMTP_URL',
    ]);
    expect(() => readEnvironment({ PORT: 'x', ROLE: 'y' })).toThrow(/PORT.*\n.*ROLE/);
  });

  it('counts soft bounces as it is told, or not at all', () => {
    const told = { SECRET_KEY: secret, SOFT_BOUNCE_DAYS: '0', SOFT_BOUNCE_WITHIN_DAYS: '14' };
    expect(readEnvironment(told).softBounces).toEqual({ days: 0, withinDays: 14 });
    expect(problemsOf({ SECRET_KEY: secret, SOFT_BOUNCE_DAYS: '-1', SOFT_BOUNCE_WITHIN_DAYS: '0' })).toHaveLength(2);
    const tooMany = { SECRET_KEY: secret, SOFT_BOUNCE_DAYS: '9', SOFT_BOUNCE_WITHIN_DAYS: '7' };
    expect(problemsOf(tooMany).join()).toContain('SOFT_BOUNCE_DAYS');
    expect(readEnvironment({ ...tooMany, SOFT_BOUNCE_DAYS: '8' }).softBounces).toEqual({ days: 8, withinDays: 7 });
  });

  it('leaves the hidden link out of mails when told so', () => {
    expect(readEnvironment({ SECRET_KEY: secret, HIDDEN_LINK: '0' }).hasHiddenLink).toBe(false);
    expect(problemsOf({ SECRET_KEY: secret, HIDDEN_LINK: 'no' }).join()).toContain('HIDDEN_LINK');
  });

  it('never shows the value of a bad secret', () => {
    expect(problemsOf({ SECRET_KEY: 'hunter2' }).join()).not.toContain('hunter2');
  });

  it('treats a blank variable as unset', () => {
    expect(readEnvironment({ SECRET_KEY: secret, PORT: ' ', SMTP_URL: '' }).port).toBe(3000);
  });

  it('makes a secret key once and keeps it beside the database file for its owner alone', () => {
    const home = folder();
    const source = { DATABASE_URL: `sqlite:${home}/data/rekindle.db` };
    const first = readEnvironment(source).secretKey;
    expect(first.length).toBeGreaterThanOrEqual(43);
    expect(readEnvironment(source).secretKey).toBe(first);
    expect(readFileSync(`${home}/data/secret.key`, 'utf8').trim()).toBe(first);
    expect(statSync(`${home}/data/secret.key`).mode & 0o777).toBe(0o600);
  });

  it('refuses a kept key that somebody has cut short', () => {
    const home = folder();
    writeFileSync(`${home}/secret.key`, 'abc');
    expect(problemsOf({ DATABASE_URL: `sqlite:${home}/rekindle.db` })).toEqual([expect.stringContaining('too short')]);
  });

  it('requires a secret key with postgres', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://localhost/x' })).toContainEqual(
      expect.stringContaining('SECRET_KEY: is required'),
    );
  });

  it('wants the first admin with both address and password', () => {
    expect(problemsOf({ SECRET_KEY: secret, BOOTSTRAP_ADMIN_EMAIL: 'a@b.test' })).toHaveLength(1);
  });

  it('drops the slash at the end of the public address', () => {
    expect(readEnvironment({ SECRET_KEY: secret, PUBLIC_URL: 'https://crm.example/leads/' }).publicUrl).toBe(
      'https://crm.example/leads',
    );
  });
});
