import { eventLeafProblem } from '../condition/condition.matcher';
import { duplicates, ladder, leafIssues, type ModelIssue } from './model.check';
import type { ScoringModel } from './model.schema';

type EngagementSettings = ScoringModel['engagement'];

/** What makes no sense in the engagement part of a model, though its shape is right. */
export function engagementIssues(engagement: EngagementSettings): ModelIssue[] {
  const { signals, groups = [], bands } = engagement;
  const cutOffs = bands.map((band) => band.minScore);
  return [
    ...stepIssues(engagement),
    ...duplicates('engagement.signals', signals),
    ...signals.flatMap(({ match }, index) => leafIssues(`engagement.signals.${index}.match`, match, eventLeafProblem)),
    ...duplicates('engagement.groups', groups),
    ...groupIssues(engagement),
    ...duplicates('engagement.bands', bands),
    ...ladder('engagement.bands', 'minScore', cutOffs),
  ];
}

/** Steps lie further back and are worth less, one after the other. */
function stepIssues({ decay }: EngagementSettings): ModelIssue[] {
  if (decay?.kind !== 'step') return [];
  return decay.steps.flatMap(({ untilDays, percent }, index) => {
    const before = decay.steps[index - 1];
    if (before === undefined) return [];
    const path = `engagement.decay.steps.${index}`;
    return [
      ...(untilDays > before.untilDays
        ? []
        : [{ path: `${path}.untilDays`, message: 'Must be more days than the one before it.' }]),
      ...(percent < before.percent
        ? []
        : [{ path: `${path}.percent`, message: 'Must be lower than the one before it.' }]),
    ];
  });
}

/** A signal's group exists; the weights of a group with a limit have one sign, or the limit would mean nothing. */
function groupIssues({ signals, groups = [] }: EngagementSettings): ModelIssue[] {
  const limits = new Map(groups.map(({ key, mostPoints }) => [key, mostPoints]));
  const signs = new Map<string, number>();
  return signals.flatMap(({ group, weightPoints }, index) => {
    if (group === undefined) return [];
    if (!limits.has(group)) {
      return [{ path: `engagement.signals.${index}.group`, message: `There is no group "${group}".` }];
    }
    const sign = Math.sign(weightPoints);
    const first = signs.get(group) ?? sign;
    signs.set(group, first === 0 ? sign : first);
    return limits.get(group) === undefined || first * sign >= 0
      ? []
      : [
          {
            path: `engagement.signals.${index}.weightPoints`,
            message: `Must have the sign of the others in the group "${group}", which has a limit.`,
          },
        ];
  });
}
