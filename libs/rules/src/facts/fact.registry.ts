import { activityFacts } from './activity.facts';
import { attributeFacts } from './attribute.facts';
import { engagementFacts } from './engagement.facts';
import type { FactDefinition } from './fact';

/** Every fact a rule or audience may ask about, by key. A new fact is one definition in one of these lists. */
export const facts: ReadonlyMap<string, FactDefinition> = new Map(
  [...engagementFacts, ...activityFacts, ...attributeFacts].map((fact) => [fact.key, fact]),
);
