const DAY_MS = 86_400_000;

interface Cap {
  mostMails: number;
  windowMs: number;
}

/** Mails older than this no longer count. */
export const LONGEST_CAP_MS = 7 * DAY_MS;

/** Most promotional mails to one person, over all sequences. */
const caps: readonly Cap[] = [
  { mostMails: 1, windowMs: DAY_MS },
  { mostMails: 3, windowMs: LONGEST_CAP_MS },
];

function freeAgainAt(sentAt: readonly number[], { mostMails, windowMs }: Cap, now: number): number {
  const inWindow = sentAt.filter((instant) => instant > now - windowMs);
  const blocking = inWindow.at(-mostMails);
  return inWindow.length < mostMails || blocking === undefined ? now : blocking + windowMs;
}

/**
 * The first instant (epoch ms), not before `now`, at which one more mail keeps every cap: 1 in 24 hours, 3 in 7 days.
 * `sentAt` holds the instants of the last 7 days, ascending.
 */
export function nextAllowedAt(sentAt: readonly number[], now: number): number {
  return Math.max(now, ...caps.map((cap) => freeAgainAt(sentAt, cap, now)));
}
