import type { ProviderFlag } from '../verdict/mail.trace';
import type { SourceMessage, SourceTrace, SuppressionReason } from './source.definition';

/** Something that happened to or with a mail. */
export type MailAct =
  | 'sent'
  | 'delivered'
  | 'deferred'
  | 'dropped'
  | 'soft-bounced'
  | 'bounced'
  | 'complained'
  | 'unsubscribed'
  | 'resubscribed'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'auto-replied';

interface ActMeaning {
  event: string;
  isScored: boolean;
  suppression: SuppressionReason | null;
}

const systemDeed = (event: string): ActMeaning => ({ event, isScored: false, suppression: null });
const deed = (event: string, suppression: SuppressionReason | null = null): ActMeaning => ({
  event,
  isScored: true,
  suppression,
});

/** The one name of each act; the shipped model knows those that are scored. */
const meanings: Record<MailAct, ActMeaning> = {
  sent: systemDeed('Email Sent'),
  delivered: systemDeed('Email Delivered'),
  deferred: systemDeed('Email Deferred'),
  dropped: systemDeed('Email Dropped'),
  'soft-bounced': systemDeed('Email Soft Bounced'),
  bounced: deed('Email Bounced', 'bounced'),
  complained: deed('Email Marked as Spam', 'complained'),
  unsubscribed: deed('Email Unsubscribed', 'unsubscribed'),
  // Lifting a suppression is for a person to do, on our own page.
  resubscribed: systemDeed('Email Resubscribed'),
  opened: deed('Email Opened'),
  clicked: deed('Email Link Clicked'),
  replied: deed('Email Replied'),
  'auto-replied': systemDeed('Email Auto-Replied'),
};

/** What a provider tells of one act. */
export interface MailReport {
  provider: string;
  /** The provider's id of the act, which stays when it is sent again; without it one follows from the content. */
  id: string | null;
  /** ISO 8601; undefined when the provider gives no time. */
  timestamp: string | undefined;
  address: string | null;
  mailMessageId: string | null;
  url?: string | undefined;
  subject?: string | undefined;
  /** In the provider's or the other server's words. */
  reason?: string | undefined;
  userAgent?: string | undefined;
  /** What the provider itself says of who did it. */
  flag?: ProviderFlag | undefined;
  /** The provider's id of the mail; absent: its Message-ID. */
  mailKey?: string | undefined;
  /** For mails that were not even tried: why the provider never writes to the address. */
  suppression?: SuppressionReason | null;
}

const LONGEST_TEXT = 1_000;

function present(values: Readonly<Record<string, string | null | undefined>>): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return Object.fromEntries(given.map(([key, value]) => [key, value?.slice(0, LONGEST_TEXT)]));
}

function traceOf(act: MailAct, report: MailReport): SourceTrace | null {
  if (act !== 'opened' && act !== 'clicked') return null;
  const { provider, address, mailMessageId, userAgent = null, flag = null, url = null } = report;
  const mailKey = `${provider}:${report.mailKey ?? mailMessageId ?? address}`;
  return act === 'opened'
    ? { kind: 'open', userAgent, flag, link: null, mailKey }
    : { kind: 'click', userAgent, flag, link: url, mailKey };
}

/** An act as a call of the tracking API. */
export function mailMessage(act: MailAct, report: MailReport): SourceMessage {
  const { event, isScored, suppression } = meanings[act];
  const { provider, id, timestamp, address, mailMessageId, userAgent } = report;
  const { url, subject, reason } = report;
  return {
    item: {
      type: 'track',
      event,
      ...(id === null ? {} : { messageId: `${provider}-${id}` }),
      ...(timestamp === undefined ? {} : { timestamp }),
      properties: present({ provider, recipient: address, url, subject, reason, mail: mailMessageId }),
      context: present({ userAgent }),
    },
    isScored,
    address,
    mailMessageId,
    suppression: suppression ?? report.suppression ?? null,
    trace: traceOf(act, report),
  };
}
