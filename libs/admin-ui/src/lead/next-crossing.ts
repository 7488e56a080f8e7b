import type { EngagementAnswer } from '../api/shapes';

export interface Crossing {
  band: string;
  minScore: number;
  /** ISO instant. */
  crossesAt: string;
}

/** The bands that will be lost if nothing happens, the next one first. */
export function crossingsAhead(forecast: EngagementAnswer['forecast'], now: number): Crossing[] {
  const ahead: Crossing[] = [];
  for (const { band, minScore, crossesAt } of forecast) {
    if (crossesAt !== null && Date.parse(crossesAt) > now) ahead.push({ band, minScore, crossesAt });
  }
  return ahead.sort((left, right) => left.crossesAt.localeCompare(right.crossesAt));
}
