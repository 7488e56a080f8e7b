/** What the address's mail system tells us, or we ourselves: believed from servers alone. */
const reservedForServers = new Set([
  'replied',
  'email replied',
  'email reply',
  'email reply received',
  'reply received',
  'unsubscribed',
  'email unsubscribed',
  'email bounced',
  'email hard bounced',
  'email soft bounced',
  'email marked as spam',
  'email delivered',
  'audience entered',
  'audience exited',
  'engagement tier changed',
]);

/** Why an address is never mailed again, by the event that says so. */
const suppressing: ReadonlyMap<string, SuppressionReason> = new Map([
  ['unsubscribed', 'unsubscribed'],
  ['email unsubscribed', 'unsubscribed'],
  ['email bounced', 'bounced'],
  ['email marked as spam', 'complained'],
]);

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained' | 'soft-bounced';

const keyOf = (name: string): string => name.trim().toLowerCase();

/** True for events that a browser's key may not send: anyone could forge them. */
export function isReservedForServers(name: string | null): boolean {
  return name !== null && reservedForServers.has(keyOf(name));
}

/** Why an event of this name ends all mail to the lead's address; null when it does not. */
export function suppressionBy(name: string | null): SuppressionReason | null {
  return name === null ? null : (suppressing.get(keyOf(name)) ?? null);
}
