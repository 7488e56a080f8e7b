import { createContext, use, useEffect, useState, type ReactNode } from 'react';

const NowContext = createContext<number | null>(null);

const TICK_MS = 15_000;

/** One clock for every relative time on the page. `at` (epoch ms) stops it, for tests. */
export function NowProvider({ at, children }: { at?: number; children: ReactNode }) {
  const [now, setNow] = useState(() => at ?? Date.now());
  useEffect(() => {
    if (at !== undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [at]);
  return <NowContext value={at ?? now}>{children}</NowContext>;
}

/** Now as epoch ms, renewed every 15 seconds. Throws outside a `NowProvider`. */
export function useNow(): number {
  const now = use(NowContext);
  if (now === null) throw new Error('useNow needs a NowProvider above it');
  return now;
}
