import type { ComposedMail } from '../compose/message.composer';

/** The part of a composed mail that goes to a server. */
export type MailToSend = Pick<ComposedMail, 'raw' | 'envelope'>;

/** Where in the SMTP dialogue a server said no. */
export type RejectedCommand = 'MAIL FROM' | 'RCPT TO' | 'DATA';

/**
 * What became of one hand-over.
 * - `sent`: the server took responsibility.
 * - `rejected`: the server said no to this mail; retry only where not permanent (a 4xx).
 * - `uncertain`: the mail left, the answer did not come. Never retry by yourself: it may have arrived.
 * - `not-started`: not a byte of the mail left (no connection, no login, line lost while `beforeData` ran, so it may
 *   follow one that resolved to true); retry later.
 * - `refused`: `beforeData` said no; not a byte of the mail left.
 */
export type HandOverOutcome =
  | { outcome: 'sent'; response: string }
  | { outcome: 'rejected'; code: number; command: RejectedCommand; isPermanent: boolean; response: string }
  | { outcome: 'uncertain'; reason: string }
  | { outcome: 'not-started'; reason: string }
  | { outcome: 'refused' };

/**
 * Hands mails over. Two phases: when the receiving side is ready for the content, `beforeData` is awaited, and only
 * where it resolves to true does the first byte of the mail leave. Commit `handing_over` there, durably, and check
 * there whether the mail may still go. If it rejects, nothing is sent and `handOver` rejects with the same error.
 */
export abstract class MailSender {
  /** True where mails are kept here instead of going out. */
  abstract readonly isCaught: boolean;

  abstract handOver(mail: MailToSend, beforeData: () => Promise<boolean>): Promise<HandOverOutcome>;
}
