import type { Truth } from '../condition/condition';
import type { CompiledModel } from '../model/model.compile';
import type { LeadAttributes } from '../profile';
import type { FitReason, FitScore, Grade } from '../score';

const resultOfTruth = (truth: Truth): FitReason['result'] =>
  truth === undefined ? 'unknown' : truth ? 'match' : 'mismatch';

/**
 * How well a lead suits, whatever it does: 100 · matched points / sum of the positive points, rounded and kept in
 * 0–100. Unknown is kept apart from mismatch: while every criterion that gives points is unknown the score is null.
 * A matching disqualifier makes it 0 and grade D, so that the grade always follows from the score.
 */
export function fitOf(attributes: LeadAttributes, model: CompiledModel): FitScore {
  let possible = 0;
  let matched = 0;
  let isKnown = false;
  let isDisqualified = false;
  const reasons = model.criteria.map(({ definition, matches }): FitReason => {
    const { key, label, points, isDisqualifier } = definition;
    const result = resultOfTruth(matches(attributes));
    const isMatch = result === 'match';
    possible += Math.max(0, points);
    matched += isMatch ? points : 0;
    isKnown ||= points > 0 && result !== 'unknown';
    isDisqualified ||= isMatch && isDisqualifier === true;
    return { key, label, result, points: isMatch ? points : 0 };
  });
  if (isDisqualified) return { score: 0, grade: 'D', isDisqualified, reasons };
  if (!isKnown) return { score: null, grade: null, isDisqualified, reasons };
  const score = possible === 0 ? 0 : Math.max(0, Math.min(100, Math.round((100 * matched) / possible)));
  return { score, grade: gradeOf(score, model), isDisqualified, reasons };
}

/** Grade of a fit score. */
export function gradeOf(fitScore: number, model: CompiledModel): Grade {
  return model.document.fit.grades.find(({ minScore }) => fitScore >= minScore)?.grade ?? 'D';
}
