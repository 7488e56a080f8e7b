import {
  emptyProfile,
  profileWith,
  scoreAt,
  type CompiledModel,
  type LeadAttributes,
  type Profile,
  type ScoringEvent,
} from '@rekindle/scoring';
import type { HistoryInput, LeadScore } from './history.replay';

/** So many events of a lead wait to be taken together, which costs less than one by one. */
const BATCH = 64;

/** Whose scores, of which events, at which instant (epoch ms, past or future). */
export interface AsOfInput extends Omit<HistoryInput, 'until'> {
  at: number;
}

interface Sum {
  profile: Profile;
  readonly attributes: LeadAttributes;
  waiting: ScoringEvent[];
}

function takeWaiting(sum: Sum, model: CompiledModel): void {
  if (sum.waiting.length > 0) sum.profile = profileWith(sum.profile, sum.waiting, model);
  sum.waiting = [];
}

/**
 * Every lead's score as of an instant, from the events until then and in no need of their order; rules play no part.
 * Reads all events once, keeps one profile and at most 64 events per lead; yields in order of appearance.
 */
export function* scoresAsOf({ events, attributesOf, at }: AsOfInput, model: CompiledModel): Generator<LeadScore> {
  const sums = new Map<string, Sum>();
  for (const { leadId, event } of events) {
    if (event.at > at) continue;
    let sum = sums.get(leadId);
    if (sum === undefined) {
      sum = { profile: emptyProfile(), attributes: attributesOf(leadId), waiting: [] };
      sums.set(leadId, sum);
    }
    sum.waiting.push(event);
    if (sum.waiting.length >= BATCH) takeWaiting(sum, model);
  }
  for (const [leadId, sum] of sums) {
    takeWaiting(sum, model);
    const { profile, attributes } = sum;
    yield { leadId, score: scoreAt({ profile, attributes, at, model }) };
  }
}
