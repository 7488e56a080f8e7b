import { TRACE_REACH_MS, type MailTrace } from './mail.trace';

const SECOND = 1_000;
/** All links of a mail within this. */
const SWEEP_MS = 2 * SECOND;
/** As many different links within this, however many there are; and the longest pause within one go. */
const BURST_MS = 10 * SECOND;
const BURST_LINKS = 5;

/** What the clicks on one mail say about each other. */
export interface MailFindings {
  /** Clicked in the same go as a link that nobody sees. */
  besideTrap: ReadonlySet<MailTrace>;
  /** Clicked with so many different links, or all there are, at once. */
  inBurst: ReadonlySet<MailTrace>;
}

/** Clicks in the order of their instants, cut where nothing was clicked for a while. */
function goesOf(clicks: readonly MailTrace[]): MailTrace[][] {
  const goes: MailTrace[][] = [];
  for (const click of clicks) {
    const go = goes.at(-1);
    const last = go?.at(-1);
    if (go === undefined || last === undefined || click.at - last.at > BURST_MS) goes.push([click]);
    else go.push(click);
  }
  return goes;
}

function besideTrapIn(go: readonly MailTrace[]): MailTrace[] {
  const after = (clicks: readonly MailTrace[]): MailTrace[] => {
    let trapAt = Infinity;
    return clicks.filter(({ isTrap, at }) => {
      if (isTrap) trapAt = at;
      return !isTrap && Math.abs(at - trapAt) <= TRACE_REACH_MS;
    });
  };
  return [...after(go), ...after([...go].reverse())];
}

/** Clicks that are part of a stretch of this length with so many different links. */
function burstIn(clicks: readonly MailTrace[], spanMs: number, leastLinks: number): MailTrace[] {
  const found: MailTrace[] = [];
  const links = new Map<string | null, number>();
  let end = 0;
  let foundUntil = 0;
  for (const [start, first] of clicks.entries()) {
    for (let next = clicks[end]; next !== undefined && next.at - first.at <= spanMs; next = clicks[end]) {
      links.set(next.link, (links.get(next.link) ?? 0) + 1);
      end += 1;
    }
    if (links.size >= leastLinks) {
      found.push(...clicks.slice(Math.max(start, foundUntil), end));
      foundUntil = end;
    }
    const left = (links.get(first.link) ?? 0) - 1;
    if (left > 0) links.set(first.link, left);
    else links.delete(first.link);
  }
  return found;
}

/** Clicks that belong to a sweep over all links of the mail, of which there are at least two. */
function sweepIn(clicks: readonly MailTrace[]): MailTrace[] {
  const counts = new Set(clicks.flatMap(({ linkCount }) => (linkCount !== null && linkCount >= 2 ? [linkCount] : [])));
  return [...counts].flatMap((count) =>
    burstIn(clicks, SWEEP_MS, count).filter(({ linkCount }) => linkCount === count),
  );
}

/** Goes through all acts on a mail once: anybody can send hundreds of clicks on one. */
export function mailFindings(acts: readonly MailTrace[]): MailFindings {
  const clicks = acts.filter(({ kind }) => kind === 'click').sort((one, other) => one.at - other.at);
  return {
    besideTrap: new Set(goesOf(clicks).flatMap(besideTrapIn)),
    inBurst: new Set([...burstIn(clicks, BURST_MS, BURST_LINKS), ...sweepIn(clicks)]),
  };
}
