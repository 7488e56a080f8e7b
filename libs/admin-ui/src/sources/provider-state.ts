import type { Source } from '@rekindle/contracts';

/** How a source stands, the gravest first. */
export type ProviderState = 'broken' | 'off' | 'refused' | 'waiting' | 'working';

const msOf = (instant: string | undefined | null): number => (instant ? Date.parse(instant) : 0);

/** A refusal counts while nothing came in rightly after it and nobody changed the source since. */
export function stateOf({ problem, isEnabled, lastReceivedAt, lastRefusal, updatedAt }: Source): ProviderState {
  if (problem !== null) return 'broken';
  if (!isEnabled) return 'off';
  if (msOf(lastRefusal?.at) > Math.max(msOf(lastReceivedAt), msOf(updatedAt))) return 'refused';
  return lastReceivedAt === null ? 'waiting' : 'working';
}
