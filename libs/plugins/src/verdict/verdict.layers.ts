import { isbot } from 'isbot';
import type { MailFindings } from './mail.findings';
import { TRACE_REACH_MS, type MailTrace, type Verdict } from './mail.trace';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Nobody reads a mail this fast. */
const UNREAD_CLICK_MS = 5 * SECOND;
/** Some do, many scanners do. */
const HASTY_CLICK_MS = 30 * SECOND;
const HASTY_OPEN_MS = 10 * SECOND;
/** Image proxies that fetch at delivery do so by then; later they fetch when somebody looks. */
const DELIVERY_MS = MINUTE;
/** One kind of evidence. */
export interface VerdictLayer {
  key: string;
  label: string;
  says: Verdict;
}

/** What speaks against a person. `holds` is asked of an act and what all acts on the same mail say. */
export interface Doubt extends VerdictLayer {
  holds(act: MailTrace, findings: MailFindings): boolean;
}

const imageProxy = /GoogleImageProxy|YahooMailProxy/i;

/** Time since the hand-over; beyond all bounds when not known. */
function ageOf({ at, handedOverAt }: MailTrace): number {
  return handedOverAt === null || at < handedOverAt ? Infinity : at - handedOverAt;
}

/** Apple's proxy calls itself just this. */
function isBareAgent({ kind, userAgent }: MailTrace): boolean {
  return kind === 'open' && userAgent?.trim() === 'Mozilla/5.0';
}

function isKnownBot(act: MailTrace): boolean {
  const agent = act.userAgent ?? '';
  return agent !== '' && !imageProxy.test(agent) && !isBareAgent(act) && isbot(agent);
}

/** The surest first. */
export const doubts: readonly Doubt[] = [
  {
    key: 'provider-scanner',
    label: 'the mail provider says so',
    says: 'machine',
    holds: (act) => act.flag === 'scanner',
  },
  { key: 'trap-link', label: 'followed a link that people do not see', says: 'machine', holds: (act) => act.isTrap },
  {
    key: 'trap-burst',
    label: 'clicked in one go with a link that people do not see',
    says: 'machine',
    holds: (act, { besideTrap }) => besideTrap.has(act),
  },
  { key: 'head-request', label: 'asked for the head alone', says: 'machine', holds: (act) => act.isHead },
  { key: 'known-bot', label: 'calls itself a robot', says: 'machine', holds: isKnownBot },
  {
    key: 'link-burst',
    label: 'followed many links of the mail at once',
    says: 'machine',
    holds: (act, { inBurst }) => inBurst.has(act),
  },
  {
    key: 'unread-click',
    label: 'clicked within 5 seconds of the hand-over',
    says: 'machine',
    holds: (act) => act.kind === 'click' && ageOf(act) <= UNREAD_CLICK_MS,
  },
  {
    key: 'hasty-click',
    label: 'clicked within 30 seconds of the hand-over',
    says: 'unsure',
    holds: (act) => act.kind === 'click' && ageOf(act) <= HASTY_CLICK_MS,
  },
  {
    key: 'hasty-open',
    label: 'opened within 10 seconds of the hand-over',
    says: 'unsure',
    holds: (act) => act.kind === 'open' && ageOf(act) <= HASTY_OPEN_MS,
  },
  {
    key: 'privacy-proxy',
    label: 'loaded by a service that hides who reads',
    says: 'unsure',
    holds: (act) => act.flag === 'privacy-proxy' || isBareAgent(act),
  },
  {
    key: 'image-proxy',
    label: 'loaded by an image proxy at delivery',
    says: 'unsure',
    holds: (act) => act.kind === 'open' && imageProxy.test(act.userAgent ?? '') && ageOf(act) <= DELIVERY_MS,
  },
  { key: 'no-agent', label: 'does not say what it is', says: 'unsure', holds: (act) => act.userAgent === '' },
];

/** What speaks for a person where the rest leaves doubt: a minute or more later, a click without doubts. */
export const laterHumanAct: VerdictLayer & { holds(act: MailTrace, clearClicks: readonly MailTrace[]): boolean } = {
  key: 'later-human-act',
  label: 'a later click was a person’s',
  says: 'human',
  holds: (act, clearClicks) =>
    act.kind === 'click' && clearClicks.some(({ at }) => at - act.at >= MINUTE && at - act.at <= TRACE_REACH_MS),
};

/** Every kind of evidence, in the order it is looked for. */
export const verdictLayers: readonly VerdictLayer[] = [...doubts, laterHumanAct];
