import {
  crossingAt,
  nextTrendChangeAt,
  priorityOf,
  scoreOfPoints,
  trendAt,
  type CompiledModel,
} from '@rekindle/scoring';
import { never, type FactDefinition, type LeafScope } from './fact';
import { earlier, firstMillisecond } from './first.crossing';
import type { LeadSubject } from './lead.subject';

type Measure = (subject: LeadSubject, at: number) => number | undefined;

/** What a measure makes of engagement points. */
type OfPoints = (points: number, model: CompiledModel) => number;

/** Whether something that only moves towards zero will pass a threshold. */
function isAhead(threshold: number, value: number): boolean {
  return value > 0 ? threshold >= 0 && threshold <= value : threshold <= 0 && threshold >= value;
}

/**
 * Next flip of a comparison over something that, under a static rank, only moves towards zero.
 * `estimate` says roughly when the measure passes a threshold.
 */
function nextDecayChange(
  measure: Measure,
  estimate: (subject: LeadSubject, threshold: number) => number | null,
  ofPoints: OfPoints,
): FactDefinition['nextChange'] {
  return (subject, at, scope) => {
    if (subject.course !== null) return nextPassing(subject, at, scope, ofPoints);
    const value = measure(subject, at);
    if (value === undefined || value === 0) return null;
    const holdsNow = scope.holds(value);
    let first: number | null = null;
    for (const threshold of scope.thresholds) {
      if (!isAhead(threshold, value)) continue;
      const flip = firstMillisecond(
        at,
        estimate(subject, threshold) ?? at,
        (instant) => scope.holds(measure(subject, instant)) !== holdsNow,
      );
      if (flip !== null && (first === null || flip < first)) first = flip;
    }
    return first;
  };
}

/** Next passing of a threshold, down or up: what counts against a lead leaves a window like everything else. */
function nextPassing(subject: LeadSubject, at: number, scope: LeafScope, ofPoints: OfPoints): number | null {
  const { course, model } = subject;
  if (course === null) return null;
  const now = ofPoints(course.valueAt(at), model);
  let first: number | null = null;
  for (const threshold of scope.thresholds) {
    const sides = [(value: number) => value < threshold, (value: number) => value <= threshold];
    for (const isOn of sides) {
      const isCrossed = (points: number): boolean => isOn(ofPoints(points, model)) !== isOn(now);
      first = earlier(first, course.crossing(at, { points: threshold, isCrossed }));
    }
  }
  return first;
}

const scoreOf: Measure = (subject, at) => subject.scoreAt(at);
const pointsOf: Measure = (subject, at) => subject.pointsAt(at);

const nextBandChange: FactDefinition['nextChange'] = (subject, at) => subject.nextBandChangeAt(at);

function priorityCellAt(subject: LeadSubject, at: number): string {
  const band = subject.bandIndexAt(at) ?? null;
  return priorityOf(subject.fit, subject.scoreAt(at) ?? 0, band, subject.model).cell;
}

/** Facts about engagement: score, points, band, trend, spike and the priority made of band and fit. */
export const engagementFacts: readonly FactDefinition[] = [
  {
    key: 'engagement.score',
    label: 'Engagement score',
    noun: () => 'the engagement score',
    type: 'measure',
    allowsForDays: true,
    value: scoreOf,
    nextChange: nextDecayChange(scoreOf, (subject, score) => subject.scoreCrossingAt(score), scoreOfPoints),
  },
  {
    key: 'engagement.points',
    label: 'Engagement points',
    noun: () => 'the engagement points',
    type: 'measure',
    allowsForDays: true,
    value: pointsOf,
    nextChange: nextDecayChange(
      pointsOf,
      ({ rank, model }, points) => crossingAt(Math.abs(rank ?? 0), Math.abs(points), model),
      (points) => points,
    ),
  },
  {
    key: 'engagement.band',
    label: 'Engagement band',
    noun: () => 'the engagement band',
    type: 'choice',
    allowsForDays: true,
    choices: (model) => model.document.engagement.bands.map((band) => band.key),
    value: (subject, at) => subject.bandAt(at),
    nextChange: nextBandChange,
  },
  {
    key: 'engagement.trend',
    label: 'Engagement trend',
    noun: () => 'the engagement trend',
    type: 'choice',
    allowsForDays: true,
    choices: () => ['rising', 'steady', 'cooling'],
    value: (subject, at) => (subject.rank === null ? undefined : trendAt(subject.profile, at, subject.model).direction),
    nextChange: (subject, at) => (subject.rank === null ? null : nextTrendChangeAt(subject.profile, at, subject.model)),
  },
  {
    key: 'engagement.spike',
    label: 'Activity spike',
    noun: () => 'a sudden spike of activity',
    type: 'flag',
    allowsForDays: true,
    value: (subject, at) => subject.isSpikeAt(at),
    nextChange: (subject, at) => subject.nextSpikeChangeAt(at),
    clause: (leaf) => {
      if (leaf.operator !== 'eq') return undefined;
      return leaf.value === true ? 'activity spikes' : 'activity does not spike';
    },
  },
  {
    key: 'priority.cell',
    label: 'Priority',
    noun: () => 'the priority',
    type: 'choice',
    allowsForDays: false,
    choices: (model) => Object.keys(model.document.priority.cells),
    value: priorityCellAt,
    nextChange: nextBandChange,
  },
  {
    key: 'fit.score',
    label: 'Fit score',
    noun: () => 'the fit score',
    type: 'count',
    allowsForDays: false,
    value: (subject) => subject.fit.score ?? undefined,
    nextChange: never,
  },
  {
    key: 'fit.grade',
    label: 'Fit grade',
    noun: () => 'the fit grade',
    type: 'choice',
    allowsForDays: false,
    choices: () => ['A', 'B', 'C', 'D'],
    value: (subject) => subject.fit.grade ?? undefined,
    nextChange: never,
  },
];
