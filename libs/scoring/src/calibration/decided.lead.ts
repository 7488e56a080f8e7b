import { engagementAt } from '../score.compute';
import { contributionsAt } from '../engagement/engagement.explain';
import { compileModel, type CompiledModel } from '../model/model.compile';
import type { ScoringModel } from '../model/model.schema';
import type { Profile, ScoringEvent } from '../profile';
import { emptyProfile, profileWith } from '../profile/profile.apply';
import type { ScoredLead } from './lead.outcome';
import type { WeightFeature } from './weights.draft';
import type { FeatureRow } from './weights.fit';

/** A lead whose end is known. Instants are epoch ms. */
export interface DecidedLead {
  id: string;
  outcome: 'won' | 'lost';
  decidedAt: number;
  /** In any order; those at the decision and after it are not looked at. */
  events: readonly ScoringEvent[];
}

/** The last instant that knows nothing of the decision. */
const lastInstantOf = ({ decidedAt }: DecidedLead): number => decidedAt - 1;

function profileBefore(lead: DecidedLead, model: CompiledModel): Profile {
  const known = lead.events.filter(({ at }) => at < lead.decidedAt);
  return profileWith(emptyProfile(), known, model);
}

/** The engagement that the model gives a lead just before it was decided. A lead without any signal has no score. */
export function scoredBeforeDecision(lead: DecidedLead, model: CompiledModel): ScoredLead {
  const scoredAt = lastInstantOf(lead);
  const { state, score, band } = engagementAt(profileBefore(lead, model), scoredAt, model);
  const { outcome, decidedAt } = lead;
  return { score: state === 'none' ? null : score, band, outcome, scoredAt, decidedAt };
}

/** Every signal worth 1 point and without most points: a share is then a number of times, faded and limited per day. */
function unitModel({ engagement, ...document }: ScoringModel): CompiledModel {
  const { groups: _groups, ...rest } = engagement;
  const signals = engagement.signals.map(({ mostPoints: _most, group: _group, ...signal }) => ({
    ...signal,
    weightPoints: 1,
  }));
  return compileModel({ ...document, engagement: { ...rest, signals } }, 1);
}

/**
 * What weights are fitted to: of each signal of the model how often it had happened just before the decision, faded and
 * limited per day as the model has it, so that points times number is what the model would give.
 */
export function signalFeatures(model: ScoringModel): {
  features: WeightFeature[];
  rowOf: (lead: DecidedLead) => FeatureRow;
} {
  const unit = unitModel(model);
  const features = model.engagement.signals.map(({ key }): WeightFeature => ({ target: 'signal', key }));
  const rowOf = (lead: DecidedLead): FeatureRow => {
    const featuresAt = lastInstantOf(lead);
    const shares = contributionsAt(profileBefore(lead, unit), featuresAt, unit);
    const { id, outcome, decidedAt } = lead;
    const counts = Object.fromEntries(shares.map(({ signal, points }) => [signal, points]));
    return { id, features: counts, featuresAt, outcome, decidedAt };
  };
  return { features, rowOf };
}
