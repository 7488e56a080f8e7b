import { isbot } from 'isbot';
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
/** All links of a mail within this. */
const SWEEP_MS = 2 * SECOND;
/** As many different links within this, however many there are. */
const BURST_MS = 10 * SECOND;
const BURST_LINKS = 5;

/** One kind of evidence. `holds` is asked of an act and all acts on the same mail, itself included. */
export interface VerdictLayer {
  key: string;
  label: string;
  says: Verdict;
  holds(act: MailTrace, all: readonly MailTrace[]): boolean;
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

/** Most different links in any stretch of this length that the act is part of. */
function mostLinks(act: MailTrace, all: readonly MailTrace[], spanMs: number): number {
  const near = all.filter(({ kind, at }) => kind === 'click' && Math.abs(at - act.at) <= spanMs);
  const starts = near.filter(({ at }) => at <= act.at);
  const counts = starts.map(({ at: start }) => {
    const within = near.filter(({ at }) => at >= start && at <= start + spanMs);
    return new Set(within.map(({ link }) => link)).size;
  });
  return Math.max(0, ...counts);
}

function isBurst(act: MailTrace, all: readonly MailTrace[]): boolean {
  if (act.kind !== 'click') return false;
  if (mostLinks(act, all, BURST_MS) >= BURST_LINKS) return true;
  const { linkCount } = act;
  return linkCount !== null && linkCount >= 2 && mostLinks(act, all, SWEEP_MS) >= linkCount;
}

/** A click of the same go as one on a link that nobody sees: none of its clicks more than a while after the one before. */
function isBesideTrap(act: MailTrace, all: readonly MailTrace[]): boolean {
  if (act.kind !== 'click' || act.isTrap) return false;
  const clicks = all.filter(({ kind }) => kind === 'click').sort((one, other) => one.at - other.at);
  const isOneGo = (from: number, until: number): boolean =>
    clicks
      .filter(({ at }) => at >= from && at <= until)
      .every(({ at }, index, within) => at - (within[index - 1]?.at ?? at) <= BURST_MS);
  const traps = clicks.filter(({ isTrap, at }) => isTrap && Math.abs(at - act.at) <= TRACE_REACH_MS);
  return traps.some(({ at }) => isOneGo(Math.min(at, act.at), Math.max(at, act.at)));
}

/** A click a minute or more later that nothing speaks against: somebody was there. */
function hasLaterHumanAct(act: MailTrace, all: readonly MailTrace[]): boolean {
  if (act.kind !== 'click') return false;
  const later = all.filter(({ at }) => at - act.at >= MINUTE && at - act.at <= TRACE_REACH_MS);
  return later.some((other) => other.kind === 'click' && !doubts.some(({ holds }) => holds(other, all)));
}

/** What speaks against a person, the surest first. */
const doubts: readonly VerdictLayer[] = [
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
    holds: isBesideTrap,
  },
  { key: 'head-request', label: 'asked for the head alone', says: 'machine', holds: (act) => act.isHead },
  { key: 'known-bot', label: 'calls itself a robot', says: 'machine', holds: isKnownBot },
  { key: 'link-burst', label: 'followed many links of the mail at once', says: 'machine', holds: isBurst },
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

/** What speaks for a person where the rest leaves doubt. */
const clearing: VerdictLayer = {
  key: 'later-human-act',
  label: 'a later click was a person’s',
  says: 'human',
  holds: hasLaterHumanAct,
};

/** Every kind of evidence, in the order it is looked for. */
export const verdictLayers: readonly VerdictLayer[] = [...doubts, clearing];
