import { UserError } from '@rekindle/contracts';

interface Failures {
  count: number;
  blockedUntil: number;
}

const freeTries = 5;
const freeTriesPerAddress = 50;
const longestMs = 15 * 60_000;
const mostEntries = 10_000;

/**
 * Slows guessing down: after five wrong passwords for an account from one address, each further one doubles the wait,
 * up to 15 minutes. An address that tries many accounts is slowed as well. Kept in memory, bounded.
 */
export class SignInBackoff {
  private readonly failures = new Map<string, Failures>();

  /** Throws 429 while the account or the address has to wait. */
  refuse(email: string, address: string, now: number): void {
    const until = Math.max(...this.keysOf(email, address).map(({ key }) => this.failures.get(key)?.blockedUntil ?? 0));
    if (until <= now) return;
    const retryAfterSeconds = Math.ceil((until - now) / 1_000);
    throw new UserError('too_many_tries', 'Too many wrong tries; wait a moment.', { status: 429, retryAfterSeconds });
  }

  /** Notes a wrong password. */
  note(email: string, address: string, now: number): void {
    for (const { key, free } of this.keysOf(email, address)) {
      const count = (this.failures.get(key)?.count ?? 0) + 1;
      const waitMs = count < free ? 0 : Math.min(longestMs, 1_000 * 2 ** Math.min(20, count - free));
      this.failures.delete(key);
      this.failures.set(key, { count, blockedUntil: now + waitMs });
    }
    while (this.failures.size > mostEntries) this.failures.delete(this.failures.keys().next().value ?? '');
  }

  /** Forgets the wrong tries of an account from an address after the right password. */
  clear(email: string, address: string): void {
    this.failures.delete(`account ${email} ${address}`);
  }

  private keysOf(email: string, address: string): { key: string; free: number }[] {
    return [
      { key: `account ${email} ${address}`, free: freeTries },
      { key: `address ${address}`, free: freeTriesPerAddress },
    ];
  }
}
