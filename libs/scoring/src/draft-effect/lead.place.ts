import { bandIndexOf, engagementPointsAt, scoreOfPoints } from '../engagement/engagement.rank';
import { fitVerdictOf } from '../fit/fit.score';
import type { CompiledModel } from '../model/model.compile';
import { priorityOf } from '../priority/priority.score';
import type { LeadAttributes, Profile } from '../profile';
import { tierOf, usageCountAt } from '../usage/usage.read';

/** Where a lead stands under a model at an instant: what lists, rules and people go by. */
export interface LeadPlace {
  /** Null: never a signal. */
  band: string | null;
  /** Null: never used the product. */
  tier: string | null;
  /** Null: nothing is known about the lead. */
  grade: string | null;
  cell: string;
  /** 0–100, not rounded; null with the band. */
  engagementScore: number | null;
  /** Integer 0–100; null with the grade. */
  fitScore: number | null;
  /** Numeric priority, 0–100. */
  priority: number;
}

/** Whose place, and when (epoch ms). */
export interface PlaceInput {
  profile: Profile;
  attributes: LeadAttributes;
  at: number;
}

/** A lead's place under a model; the same as {@link scoreAt} says, without what explains it. */
export function placeOf({ profile, attributes, at }: PlaceInput, model: CompiledModel): LeadPlace {
  const points = engagementPointsAt(profile, at, model);
  const engagementScore = points === null ? null : scoreOfPoints(points, model);
  const bandIndex = engagementScore === null ? null : bandIndexOf(engagementScore, model);
  const fit = fitVerdictOf(attributes, model);
  const priority = priorityOf(fit, engagementScore ?? 0, bandIndex, model);
  const isUser = profile.usage.lastAt !== null;
  return {
    band: bandIndex === null ? null : (model.document.engagement.bands[bandIndex]?.key ?? null),
    tier: isUser ? tierOf(usageCountAt(profile, at, model), model, attributes) : null,
    grade: fit.grade,
    cell: priority.cell,
    engagementScore,
    fitScore: fit.score,
    priority: priority.value,
  };
}
