import { gradeOf } from '../fit/fit.score';
import type { CompiledModel } from '../model/model.compile';
import type { FitVerdict, Grade, PriorityScore } from '../score';

/**
 * Numeric priority 0–100: the weighted geometric mean 100 · (fit/100)^w · (engagement/100)^(1−w), w = fitWeight,
 * capped for grade D (of an unknown fit, the grade of `fitScore`). Both scores 0–100. Monotone in either.
 */
export function priorityValue(
  fitScore: number,
  engagementScore: number,
  grade: Grade | null,
  model: CompiledModel,
): number {
  const { fitWeight } = model.document.priority;
  const value = 100 * (fitScore / 100) ** fitWeight * (Math.max(0, engagementScore) / 100) ** (1 - fitWeight);
  return Math.min(value, mostValue(fitScore, grade, model));
}

/**
 * The least engagement score at which the priority of a fixed fit reaches `value`, the inverse of
 * {@link priorityValue} up to rounding; null when no score of 0–100 does.
 */
export function engagementForPriority(
  value: number,
  fitScore: number,
  grade: Grade | null,
  model: CompiledModel,
): number | null {
  const { fitWeight } = model.document.priority;
  if (value <= 0) return 0;
  if (value > mostValue(fitScore, grade, model)) return null;
  const fitPart = 100 * (fitScore / 100) ** fitWeight;
  if (value > fitPart) return null;
  return fitWeight === 1 ? 0 : 100 * (value / fitPart) ** (1 / (1 - fitWeight));
}

function mostValue(fitScore: number, grade: Grade | null, model: CompiledModel): number {
  return (grade ?? gradeOf(fitScore, model)) === 'D' ? model.document.priority.gradeDMaxValue : 100;
}

/**
 * The priority cell and value of a lead. `bandIndex` counts bands from the top; null is "no score", the last number.
 * An unknown fit is ordered and graded as the model's `unknownScore`.
 */
export function priorityOf(
  fit: FitVerdict,
  engagementScore: number,
  bandIndex: number | null,
  model: CompiledModel,
): PriorityScore {
  const fitScore = fit.score ?? model.document.fit.unknownScore;
  const grade = fit.grade ?? gradeOf(fitScore, model);
  const cell = `${grade}${(bandIndex ?? model.document.engagement.bands.length) + 1}`;
  const { label, nextStep } = model.document.priority.cells[cell] ?? { label: cell, nextStep: '' };
  return { cell, label, nextStep, value: priorityValue(fitScore, engagementScore, grade, model) };
}
