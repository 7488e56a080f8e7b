/** A lead's tier at the start and at the end of a period; null: no product usage was known yet. */
export interface TierMove {
  from: string | null;
  to: string | null;
}

/** How leads moved between tiers in a period. The six parts add up to `population`. */
export interface TierFunnel {
  population: number;
  /** Had no tier, have one now. */
  joined: number;
  up: number;
  down: number;
  stayed: number;
  /** Had a tier, have none now. */
  left: number;
  /** No tier, before or after. */
  outside: number;
  /** Leads per tier at the end, from the highest down, none left out. */
  perTier: { tier: string; before: number; after: number }[];
}

type Way = 'joined' | 'up' | 'down' | 'stayed' | 'left' | 'outside';

/** Who moved up and down between tiers; `order` names the tiers from the highest down. */
export function tierFunnelOf(moves: readonly TierMove[], order: readonly string[]): TierFunnel {
  const ways: Record<Way, number> = { joined: 0, up: 0, down: 0, stayed: 0, left: 0, outside: 0 };
  for (const move of moves) ways[wayOf(move, order)] += 1;
  const perTier = order.map((tier) => ({
    tier,
    before: moves.filter(({ from }) => from === tier).length,
    after: moves.filter(({ to }) => to === tier).length,
  }));
  return { population: moves.length, ...ways, perTier };
}

function wayOf({ from, to }: TierMove, order: readonly string[]): Way {
  if (from === null) return to === null ? 'outside' : 'joined';
  if (to === null) return 'left';
  const steps = order.indexOf(from) - order.indexOf(to);
  if (steps === 0) return 'stayed';
  return steps > 0 ? 'up' : 'down';
}
