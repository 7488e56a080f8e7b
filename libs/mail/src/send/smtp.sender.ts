import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { BeforeDataFailed, HandOverRefused, MailBody } from './mail.body';
import { type HandOverOutcome, MailSender, type MailToSend, type RejectedCommand } from './mail.sender';
import type { SmtpSettings } from './smtp.url';

/** Milliseconds. RFC 5321 §4.5.3.2.6 lets a server think for 10 minutes after the final dot. */
export interface SmtpTimeouts {
  connectionMs: number;
  greetingMs: number;
  /** Silence on the line, also after the final dot. */
  silenceMs: number;
  /** The whole hand-over; keep the lease of the mail longer than this. */
  totalMs: number;
}

const defaultTimeouts: SmtpTimeouts = {
  connectionMs: 20_000,
  greetingMs: 30_000,
  silenceMs: 600_000,
  totalMs: 840_000,
};

const MOST_REPLY_BYTES = 64 * 1024;
const MOST_REASON_CHARACTERS = 500;
const MESSAGE_TOO_LARGE = 552;
const GOODBYE_MS = 2_000;

interface SmtpFailure extends Error {
  code?: string | undefined;
  command?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
}

/** Hands each mail over on a connection of its own, closed afterwards. Never retries. */
export class SmtpMailSender extends MailSender {
  override readonly isCaught = false;

  constructor(
    private readonly settings: SmtpSettings,
    private readonly timeouts: SmtpTimeouts = defaultTimeouts,
  ) {
    super();
  }

  override async handOver(mail: MailToSend, beforeData: () => Promise<boolean>): Promise<HandOverOutcome> {
    const connection = this.connection();
    const body = new MailBody(mail.raw, beforeData);
    try {
      const response = await this.dialogue(connection, mail, body);
      if (!body.isExhausted || !/^2\d\d(?:[ -]|$)/.test(response)) {
        throw new Error(`The server gave no proper answer: ${response}`);
      }
      return { outcome: 'sent', response: shown(response) };
    } catch (error) {
      return outcomeOf(error, body);
    } finally {
      body.destroy();
      leave(connection, body.isExhausted);
      await body.settled();
    }
  }

  private connection(): SMTPConnection {
    const { host, port, isSecure, startTls } = this.settings;
    return new SMTPConnection({
      host,
      port,
      secure: isSecure,
      requireTLS: !isSecure && startTls === 'required',
      ignoreTLS: startTls === 'off',
      connectionTimeout: this.timeouts.connectionMs,
      dnsTimeout: this.timeouts.connectionMs,
      greetingTimeout: this.timeouts.greetingMs,
      socketTimeout: this.timeouts.silenceMs,
      socketCloseTimeout: 0,
      maxResponseSize: MOST_REPLY_BYTES,
      allowInternalNetworkInterfaces: true,
      logger: false,
    });
  }

  /** Connect, log in, send; rejects with the first failure, whoever reports it. */
  private dialogue(connection: SMTPConnection, mail: MailToSend, body: MailBody): Promise<string> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => reject(new Error('The hand-over took too long.')), this.timeouts.totalMs);
      const settle = (error: Error | null | undefined, next: () => void) => (error ? fail(error) : next());
      const fail = (error: Error) => {
        clearTimeout(deadline);
        reject(error);
      };
      connection.on('error', fail);
      body.once('error', fail);
      const send = () =>
        connection.send({ ...mail.envelope, size: mail.raw.length }, body, (error, info) => {
          clearTimeout(deadline);
          settle(error, () => resolve(info?.response ?? ''));
        });
      const logIn = () => {
        const { user, password } = this.settings;
        if (user === '') {
          send();
        } else {
          connection.login({ user, pass: password }, (error) => settle(error, send));
        }
      };
      connection.connect((error) => settle(error, logIn));
    });
  }
}

/** Says goodbye where the dialogue came to its end, else breaks it off, so that an unfinished mail is dropped. */
function leave(connection: SMTPConnection, isFinished: boolean): void {
  if (!isFinished) {
    connection.close();
    return;
  }
  connection.quit();
  setTimeout(() => connection.close(), GOODBYE_MS).unref();
}

function outcomeOf(error: unknown, body: MailBody): HandOverOutcome {
  if (error instanceof HandOverRefused) {
    return { outcome: 'refused' };
  }
  if (error instanceof BeforeDataFailed) {
    throw error.cause;
  }
  const failure: SmtpFailure = error instanceof Error ? error : new Error(String(error));
  const rejection = rejectionOf(failure, body.hasStarted);
  if (rejection) {
    return rejection;
  }
  return { outcome: body.hasStarted ? 'uncertain' : 'not-started', reason: shown(failure.message) };
}

/** Only a complete reply that says no is a rejection; a line that broke off says nothing. */
function rejectionOf(failure: SmtpFailure, hasStarted: boolean): HandOverOutcome | null {
  const code = replyCodeOf(failure, hasStarted);
  if (code < 400 || code > 599) {
    return null;
  }
  return {
    outcome: 'rejected',
    code,
    command: commandOf(failure.command),
    isPermanent: code >= 500,
    response: shown(failure.response ?? failure.message),
  };
}

/** The server's reply code to this mail; 0 where there is none. Too large is known before anything is said. */
function replyCodeOf({ code, responseCode = 0 }: SmtpFailure, hasStarted: boolean): number {
  if (hasStarted) {
    return code === 'EMESSAGE' ? responseCode : 0;
  }
  return code === 'EMESSAGE' ? MESSAGE_TOO_LARGE : code === 'EENVELOPE' ? responseCode : 0;
}

function commandOf(command: string | undefined): RejectedCommand {
  return command === 'MAIL FROM' || command === 'RCPT TO' ? command : 'DATA';
}

/** A server's words on one line, bounded. */
function shown(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, MOST_REASON_CHARACTERS);
}
