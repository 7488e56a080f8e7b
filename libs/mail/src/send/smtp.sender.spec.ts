import { setTimeout as pause } from 'node:timers/promises';
import { SmtpCatcher } from '@rekindle/testing';
import { CaughtMailSender } from './caught.sender';
import type { HandOverOutcome, MailToSend } from './mail.sender';
import { type Script, ScriptedServer } from './scripted-server.fixture';
import { mailSenderFor } from './sender.choice';
import { SmtpMailSender } from './smtp.sender';
import { parseSmtpUrl } from './smtp.url';

const mail: MailToSend = {
  raw: Buffer.from('From: a@x.test\r\nTo: b@x.test\r\nSubject: hello\r\n\r\n.starts with a dot\r\nbye\r\n'),
  envelope: { from: 'a@x.test', to: 'b@x.test' },
};
const timeouts = { connectionMs: 1_000, greetingMs: 500, silenceMs: 400, totalMs: 5_000 };
const yes = () => Promise.resolve(true);

const senderTo = (port: number, user = '') =>
  new SmtpMailSender(parseSmtpUrl(`smtp://${user}127.0.0.1:${port}`), timeouts);

describe('handing a mail over to SMTP', () => {
  let server: ScriptedServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function handOver(script: Script, beforeData = yes): Promise<HandOverOutcome> {
    server = await ScriptedServer.start(script);
    return senderTo(server.port).handOver(mail, beforeData);
  }

  it('is sent when the server says so, content intact, and says goodbye', async () => {
    const catcher = await SmtpCatcher.start();
    const outcome = await mailSenderFor(catcher.url).handOver(mail, yes);
    await catcher.stop();

    expect(outcome).toEqual({ outcome: 'sent', response: expect.stringMatching(/^250/) });
    expect(catcher.messages[0]).toMatchObject({ subject: 'hello', text: '.starts with a dot\nbye\n' });
    expect(catcher.messages[0]?.envelope).toEqual({ from: 'a@x.test', to: ['b@x.test'] });
  });

  it('asks before the first byte leaves and after the server is ready', async () => {
    const seen: string[] = [];
    const outcome = await handOver({}, () => {
      seen.push(...(server?.commands ?? []), `content: ${server?.content.length}`);
      return Promise.resolve(true);
    });

    expect(outcome.outcome).toBe('sent');
    expect(seen.map((line) => line.slice(0, 4))).toEqual(['EHLO', 'MAIL', 'RCPT', 'DATA', 'cont']);
    expect(seen.at(-1)).toBe('content: 0');
  });

  it('sends nothing where the last look says no', async () => {
    await expect(handOver({}, () => Promise.resolve(false))).resolves.toEqual({ outcome: 'refused' });

    expect(server?.finished).toEqual([]);
    expect(server?.content).toBe('');
  });

  it('sends nothing where the last look fails, and gives its error back', async () => {
    const failure = new Error('database is gone');
    await expect(handOver({}, () => Promise.reject(failure))).rejects.toBe(failure);

    expect(server?.content).toBe('');
  });

  it('sends nothing where the line is lost during the last look, and waits for that look to end', async () => {
    let hasEnded = false;
    const outcome = await handOver({}, async () => {
      server?.dropLines();
      await pause(100);
      hasEnded = true;
      return true;
    });

    expect(outcome.outcome).toBe('not-started');
    expect(hasEnded).toBe(true);
    expect(server?.content).toBe('');
  });

  it.each<[string, Script]>([
    ['drops the line after the final dot', { dot: 'drop' }],
    ['hangs after the final dot', { dot: 'hang' }],
    ['breaks off in the middle of a yes', { dot: 'cut 250 tak' }],
    ['breaks off in the middle of a no', { dot: 'cut 554 5.7' }],
    ['answers with half a code', { dot: '25' }],
    ['answers the final dot with nonsense', { dot: 'what?' }],
    ['drops the line when the content begins', { data: 'drop' }],
  ])('is uncertain only once bytes have left: the server %s', async (_what, script) => {
    const outcome = await handOver(script);

    expect(outcome.outcome).toBe(script.data ? 'not-started' : 'uncertain');
  });

  it.each<[string, Script, string, number, boolean]>([
    ['the sender', { mail: '550 5.7.1 no' }, 'MAIL FROM', 550, true],
    ['the recipient for good', { rcpt: '550 5.1.1 unknown' }, 'RCPT TO', 550, true],
    ['the recipient for now', { rcpt: '451 4.7.1 greylisted' }, 'RCPT TO', 451, false],
    ['DATA', { data: '452 4.3.1 full' }, 'DATA', 452, false],
    ['the content for good', { dot: '554 5.7.1 spam' }, 'DATA', 554, true],
    ['the content for now', { dot: '421 4.7.0 slow down' }, 'DATA', 421, false],
  ])(
    'is rejected, with the command and whether for good: the server refuses %s',
    async (_what, script, ...expected) => {
      const [command, code, isPermanent] = expected;

      await expect(handOver(script)).resolves.toMatchObject({ outcome: 'rejected', command, code, isPermanent });
    },
  );

  it.each<[string, Script]>([
    ['drops the line at once', { greeting: 'drop' }],
    ['never greets', { greeting: 'hang' }],
    ['does not want to talk', { greeting: '554 go away' }],
    ['is closing', { greeting: '421 later' }],
    ['forgets us after the recipient', { rcpt: 'hang' }],
  ])('has not started and may be tried again: the server %s', async (_what, script) => {
    const outcome = await handOver(script);

    expect(outcome.outcome).toBe('not-started');
    expect(server?.content).toBe('');
  });

  it('has not started where nobody listens', async () => {
    const gone = await ScriptedServer.start();
    const { port } = gone;
    await gone.stop();

    await expect(senderTo(port).handOver(mail, yes)).resolves.toMatchObject({ outcome: 'not-started' });
  });

  it('has not started where the password is wrong, and does not repeat the password', async () => {
    server = await ScriptedServer.start({ ehlo: '250-scripted\r\n250 AUTH PLAIN', auth: '535 5.7.8 no' });
    const outcome = await senderTo(server.port, 'ann:s3cret@').handOver(mail, yes);

    expect(outcome.outcome).toBe('not-started');
    expect(JSON.stringify(outcome)).not.toContain('s3cret');
  });

  it('refuses to go on without TLS where TLS is required', async () => {
    server = await ScriptedServer.start();
    const settings = parseSmtpUrl(`smtp://127.0.0.1:${server.port}?starttls=required`);
    const outcome = await new SmtpMailSender(settings, timeouts).handOver(mail, yes);

    expect(outcome.outcome).toBe('not-started');
    expect(server.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
  });

  it('is rejected for good, before anything is asked, where the mail is larger than the server takes', async () => {
    const outcome = await handOver({ ehlo: '250-scripted\r\n250 SIZE 10' });

    expect(outcome).toMatchObject({ outcome: 'rejected', code: 552, isPermanent: true });
  });

  it('bounds what a talkative server can make us keep', async () => {
    const outcome = await handOver({ rcpt: `250-${'x'.repeat(200_000)}` });

    expect(outcome.outcome).toBe('not-started');
    expect(JSON.stringify(outcome).length).toBeLessThan(1_000);
  });

  it('does not believe a yes that comes before the mail', async () => {
    const slow = () => pause(50, true);
    const outcome = await handOver({ data: '354 go on\r\n250 taken already' }, slow);

    expect(outcome.outcome).toBe('not-started');
    expect(server?.content).toBe('');
  });

  it('leaves no line open, however it ended', async () => {
    for (const script of [{}, { dot: 'hang' }, { rcpt: '550 no' }]) {
      await handOver(script);
      await pause(50);
      expect(server?.hasOpenLines).toBe(false);
      await server?.stop();
    }
  });
});

describe('without an SMTP server', () => {
  it('mails are caught: both phases run and nothing leaves', async () => {
    const sender = mailSenderFor('');

    expect(sender).toBeInstanceOf(CaughtMailSender);
    expect(sender.isCaught).toBe(true);
    await expect(sender.handOver(mail, yes)).resolves.toMatchObject({ outcome: 'sent' });
    await expect(sender.handOver(mail, () => Promise.resolve(false))).resolves.toEqual({ outcome: 'refused' });
  });
});
