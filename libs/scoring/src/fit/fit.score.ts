import type { Truth } from '../condition/condition';
import type { CompiledModel } from '../model/model.compile';
import type { FitCriterion } from '../model/model.schema';
import type { LeadAttributes } from '../profile';
import type { FitReason, FitScore, FitVerdict, Grade } from '../score';

const resultOfTruth = (truth: Truth): FitReason['result'] =>
  truth === undefined ? 'unknown' : truth ? 'match' : 'mismatch';

/** What the criteria asked so far come to. */
class FitTally {
  #possible = 0;
  #matched = 0;
  #isKnown = false;
  #isDisqualified = false;

  add({ points, isDisqualifier }: FitCriterion, truth: Truth): void {
    if (points > 0) {
      this.#possible += points;
      if (truth !== undefined) this.#isKnown = true;
    }
    if (truth !== true) return;
    this.#matched += points;
    if (isDisqualifier === true) this.#isDisqualified = true;
  }

  verdict(model: CompiledModel): FitVerdict {
    const isDisqualified = this.#isDisqualified;
    if (isDisqualified) return { score: 0, grade: 'D', isDisqualified };
    if (!this.#isKnown) return { score: null, grade: null, isDisqualified };
    const score = Math.max(0, Math.min(100, Math.round((100 * this.#matched) / this.#possible)));
    return { score, grade: gradeOf(score, model), isDisqualified };
  }
}

/**
 * How well a lead suits, whatever it does: 100 · matched points / sum of the positive points, rounded and kept in
 * 0–100. Unknown is kept apart from mismatch: while every criterion that gives points is unknown the score is null.
 * A matching disqualifier makes it 0 and grade D, so that the grade always follows from the score.
 */
export function fitOf(attributes: LeadAttributes, model: CompiledModel): FitScore {
  const tally = new FitTally();
  const reasons = model.criteria.map(({ definition, matches }): FitReason => {
    const truth = matches(attributes);
    tally.add(definition, truth);
    const { key, label, points } = definition;
    return { key, label, result: resultOfTruth(truth), points: truth === true ? points : 0 };
  });
  return { ...tally.verdict(model), reasons };
}

/** The same without its reasons, for those who take in many events. */
export function fitVerdictOf(attributes: LeadAttributes, model: CompiledModel): FitVerdict {
  const tally = new FitTally();
  for (const { definition, matches } of model.criteria) tally.add(definition, matches(attributes));
  return tally.verdict(model);
}

/** Grade of a fit score. */
export function gradeOf(fitScore: number, model: CompiledModel): Grade {
  return model.document.fit.grades.find(({ minScore }) => fitScore >= minScore)?.grade ?? 'D';
}
