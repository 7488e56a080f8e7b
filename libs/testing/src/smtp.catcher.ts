import type { AddressInfo } from 'node:net';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** A mail as it arrived. */
export interface CaughtMail {
  /** Address of the From header. */
  from: string;
  /** Addresses of the To header. */
  to: string[];
  subject: string;
  html: string;
  text: string;
  /** By lower-case name, unfolded; the first of each name. */
  headers: Record<string, string>;
  /** Every header name in order of arrival, lower case, repetitions included. */
  headerNames: string[];
  /** What MAIL FROM and RCPT TO said. */
  envelope: { from: string; to: string[] };
  raw: string;
}

interface Waiter {
  predicate: (mail: CaughtMail) => boolean;
  resolve: (mail: CaughtMail) => void;
}

/** An SMTP server on loopback that takes every mail and keeps it. */
export class SmtpCatcher {
  readonly messages: CaughtMail[] = [];
  private readonly waiters = new Set<Waiter>();
  private readonly server = new SMTPServer({
    logger: false,
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        this.keep(Buffer.concat(chunks), session).then(() => done(), done);
      });
    },
  });
  private listeningPort = 0;

  /** Starts on a free port of 127.0.0.1. */
  static async start(): Promise<SmtpCatcher> {
    const catcher = new SmtpCatcher();
    catcher.listeningPort = await new Promise<number>((resolve, reject) => {
      catcher.server.on('error', reject);
      const listener = catcher.server.listen(0, '127.0.0.1', () => resolve((listener.address() as AddressInfo).port));
    });
    return catcher;
  }

  get port(): number {
    return this.listeningPort;
  }

  /** A value for SMTP_URL. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  /** The first mail, caught already or yet to come, that satisfies. Rejects after `timeoutMs`, naming what came. */
  waitFor(predicate: (mail: CaughtMail) => boolean, timeoutMs = 5_000): Promise<CaughtMail> {
    const caught = this.messages.find(predicate);
    if (caught) {
      return Promise.resolve(caught);
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        predicate,
        resolve: (mail) => {
          clearTimeout(timer);
          resolve(mail);
        },
      };
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        const came = this.messages.map(({ to, subject }) => `${to.join(', ')}: ${subject}`).join('\n  ');
        reject(new Error(`No such mail within ${timeoutMs} ms. Caught so far:\n  ${came || '(none)'}`));
      }, timeoutMs);
      this.waiters.add(waiter);
    });
  }

  private async keep(content: Buffer, session: SMTPServerSession): Promise<void> {
    const mail = caughtMail(await PostalMime.parse(content), content, session);
    this.messages.push(mail);
    for (const waiter of this.waiters) {
      if (waiter.predicate(mail)) {
        this.waiters.delete(waiter);
        waiter.resolve(mail);
      }
    }
  }
}

function caughtMail(email: Email, content: Buffer, { envelope }: SMTPServerSession): CaughtMail {
  const headers: Record<string, string> = {};
  for (const { key, value } of email.headers) {
    headers[key] ??= value;
  }
  return {
    from: addresses(email.from && [email.from])[0] ?? '',
    to: addresses(email.to),
    subject: email.subject ?? '',
    html: email.html ?? '',
    text: email.text ?? '',
    headers,
    headerNames: email.headers.map(({ key }) => key),
    envelope: {
      from: envelope.mailFrom ? envelope.mailFrom.address : '',
      to: envelope.rcptTo.map(({ address }) => address),
    },
    raw: content.toString('latin1'),
  };
}

function addresses(found: readonly Address[] | undefined): string[] {
  return (found ?? []).flatMap((entry) => entry.address ?? entry.group?.map(({ address }) => address ?? '') ?? []);
}
