import { DAY_MS } from './profile';
import type { Score } from './score';

/** What a lead's score was when it was first taken, or at sign-up. Plain JSON; `at` in epoch ms. */
export interface Baseline {
  at: number;
  model: { key: string; version: number };
  engagementScore: number;
  engagementBand: string | null;
  usageScore: number;
  usageTier: string;
  usageEvents: number;
}

/** How a score stands against a baseline: after minus before; whole days in between. */
export interface SinceBaseline {
  baselineAt: number;
  days: number;
  engagementScore: number;
  usageScore: number;
  usageEvents: number;
}

/** The baseline to keep: the one there is, which never changes; else the score as it is now. */
export function baselineOf(kept: Baseline | null, { at, model, engagement, usage }: Score): Baseline {
  if (kept !== null) return kept;
  return {
    at,
    model: { ...model },
    engagementScore: engagement.score,
    engagementBand: engagement.band,
    usageScore: usage.score,
    usageTier: usage.tier,
    usageEvents: usage.events30d,
  };
}

/** The difference between a score and a baseline of the same lead. */
export function sinceBaseline(baseline: Baseline, { at, engagement, usage }: Score): SinceBaseline {
  return {
    baselineAt: baseline.at,
    days: Math.floor((at - baseline.at) / DAY_MS),
    engagementScore: engagement.score - baseline.engagementScore,
    usageScore: usage.score - baseline.usageScore,
    usageEvents: usage.events30d - baseline.usageEvents,
  };
}
