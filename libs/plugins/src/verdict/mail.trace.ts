/** Who opened a mail or followed a link: a person, software, or nobody can say. */
export type Verdict = 'human' | 'machine' | 'unsure';

/** What a provider says of who did it: a scanner, or a proxy that loads mail before people do. */
export type ProviderFlag = 'scanner' | 'privacy-proxy';

/** The traces that one open or click left. Instants are epoch ms. */
export interface MailTrace {
  kind: 'open' | 'click';
  at: number;
  /** Empty: none was sent; null: not known. */
  userAgent: string | null;
  /** Asked for by HEAD, as nobody's mail program does. */
  isHead: boolean;
  /** Followed a link that people do not see. */
  isTrap: boolean;
  flag: ProviderFlag | null;
  /** When the mail was handed over; null when not known. */
  handedOverAt: number | null;
  /** Tells the links of a mail apart; null for opens. */
  link: string | null;
  /** How many links the mail has; null when not known. */
  linkCount: number | null;
}

/** Beyond this, one act on a mail says nothing about another. */
export const TRACE_REACH_MS = 30 * 60_000;
