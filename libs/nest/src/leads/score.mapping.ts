import type { ScoreAnswer } from '@rekindle/contracts';
import type { Score } from '@rekindle/scoring';

/** Epoch ms as an ISO instant; null stays null. */
export function isoOf(instant: number): string;
export function isoOf(instant: number | null): string | null;
export function isoOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** A score as the API shows it; `firstTier` is the lead's, it is no part of a score at an instant. */
export function scoreAnswerOf(score: Score, firstTier: string | null): ScoreAnswer {
  const { engagement, usage } = score;
  return {
    at: isoOf(score.at),
    model: score.model,
    engagement: {
      ...engagement,
      contributions: engagement.contributions.map((share) => ({ ...share, lastAt: isoOf(share.lastAt) })),
      forecast: engagement.forecast.map((crossing) => ({ ...crossing, crossesAt: isoOf(crossing.crossesAt) })),
    },
    usage: { ...usage, firstTier },
    fit: score.fit,
    priority: score.priority,
    lastActivityAt: isoOf(score.lastActivityAt),
  };
}
