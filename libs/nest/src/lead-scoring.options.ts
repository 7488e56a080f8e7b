import type { Clock } from './clock/clock';

/** Which halves of the server a process runs: HTTP (`api`), timers and loops (`worker`), or both. */
export type ProcessRole = 'all' | 'api' | 'worker';

/**
 * What two user ids with one e-mail address are: two leads (a shared mailbox, a family, a test account), or one lead
 * that both ids lead to, under the user id that named the address first.
 */
export type SharedEmailRule = 'keep-apart' | 'unite';

/**
 * When an address whose mails come back for now (full, refused for the moment) is written to no more: soft bounces on
 * so many different days within so many, with no delivery between them. `days: 0`: never.
 */
export interface SoftBounceRule {
  days: number;
  withinDays: number;
}

/** What a host gives to `LeadScoringModule.forRoot`. */
export interface LeadScoringOptions {
  /** `sqlite:<path>`; tables carry the prefix `ls_`. */
  databaseUrl: string;
  /** Where the internet reaches this server, without a trailing slash: base of links in mail. */
  publicUrl: string;
  /** At least 32 characters; keys of every signed or keyed-hashed value are derived from it. */
  secretKey: string;
  /** `smtp://user:password@host:port` or `smtps://…`; absent: outgoing mail is caught, not sent. */
  smtpUrl?: string;
  /** One address that stands in `From:`. */
  mailFrom: string;
  /** Display name that stands in `From:`. */
  mailFromName?: string;
  /** Postal address of the sender; every promotional mail shows it. */
  postalAddress: string;
  /** Where alerts for leads without an owner go; absent: in the app alone. */
  alertQueueAddress?: string;
  role: ProcessRole;
  /** Two user ids that identify with one e-mail address; absent: `keep-apart`. */
  sharedEmail?: SharedEmailRule;
  /**
   * Mails of sequences carry one link that people do not see; who follows it is software, and so is what followed
   * other links in the same go. Absent: true.
   */
  hasHiddenLink?: boolean;
  /** Absent: 3 days within 30. */
  softBounces?: SoftBounceRule;
  /** Where uploaded files wait to be imported; absent: `imports` beside the SQLite file. */
  importFolder?: string;
  /** A clock of the host's own, for tests and simulations; absent: the system's. */
  clock?: Clock;
}

/** Injection token of `LeadScoringOptions`. */
export const LEAD_SCORING_OPTIONS = Symbol('LEAD_SCORING_OPTIONS');
