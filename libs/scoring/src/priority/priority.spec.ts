import fc from 'fast-check';
import { model, noAttributes, SEED } from '../event.fixture';
import { fitOf, gradeOf } from '../fit/fit.score';
import { defaultModel } from '../model/default.model';
import { compileModel } from '../model/model.compile';
import type { FitScore } from '../score';
import { engagementForPriority, priorityOf, priorityValue } from './priority.score';

const perfect = {
  traits: { title: 'VP Sales', email: 'ann@acme.com' },
  accountTraits: { employees: 400, industry: 'Software' },
};
const fitOfTitle = (title: string): FitScore => fitOf({ ...perfect, traits: { title } }, model);
const graded = (score: number): FitScore => ({
  score,
  grade: gradeOf(score, model),
  isDisqualified: false,
  reasons: [],
});

describe('fit', () => {
  it('is 100 and grade A when everything matches', () => {
    expect(fitOf(perfect, model)).toMatchObject({ score: 100, grade: 'A', isDisqualified: false });
  });

  it('is unknown, not zero, while nothing is known', () => {
    const fit = fitOf(noAttributes, model);
    expect(fit).toMatchObject({ score: null, grade: null });
    expect(new Set(fit.reasons.map(({ result }) => result))).toEqual(new Set(['unknown']));
    expect(fitOf({ ...noAttributes, traits: { email: 'a@gmail.com' } }, model).score).toBeNull();
  });

  it('keeps unknown apart from mismatch in its reasons', () => {
    const { reasons } = fitOf({ traits: { title: 'Cook' }, accountTraits: {} }, model);
    const results = Object.fromEntries(reasons.map(({ key, result }) => [key, result]));
    expect(results).toMatchObject({ responsibility: 'mismatch', 'company-size': 'unknown' });
  });

  it('R13: an intern scores low and a competitor is disqualified to grade D', () => {
    expect(fitOfTitle('Marketing Intern').score).toBe(15);
    expect(fitOfTitle('Director International Sales').score).toBe(100);
    const competitor = fitOf({ ...perfect, traits: { ...perfect.traits, email: 'spy@Competitor.example' } }, model);
    expect(competitor).toMatchObject({ score: 0, grade: 'D', isDisqualified: true });
  });
});

describe('priority', () => {
  it('R5: an engaged lead of middling fit goes before a perfect but silent one', () => {
    const engaged = priorityOf(graded(50), 80, 0, model);
    const silent = priorityOf(graded(100), 5, 2, model);
    expect(engaged.value).toBeGreaterThan(silent.value);
    expect([engaged.cell, silent.cell, silent.label]).toEqual(['B1', 'A3', 'Different approach']);
  });

  it('R5: no score is the last column, and an unknown fit is taken as the model says', () => {
    expect(priorityOf(graded(80), 0, null, model)).toMatchObject({ cell: 'A4', value: 0 });
    const unknown = priorityOf(fitOf(noAttributes, model), 70, 0, model);
    expect(unknown.cell).toBe('C1');
    expect(unknown.value).toBe(priorityValue(40, 70, null, model));
  });

  it('R13: with fit D the value cannot pass the set cap', () => {
    expect(priorityOf(graded(24), 100, 0, model)).toMatchObject({ cell: 'D1', value: 30 });
    expect(priorityOf(graded(25), 100, 0, model).value).toBeGreaterThan(30);
  });

  const percent = fc.double({ min: 0, max: 100, noNaN: true });
  const weights = fc.constantFrom(0, 0.4, 1);
  it('rises with fit and with engagement, and its inverse gives the engagement back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), percent, percent, weights, (fit, engagement, wanted, fitWeight) => {
        const ofModel = compileModel({ ...defaultModel, priority: { ...defaultModel.priority, fitWeight } }, 1);
        const value = (fitScore: number, score: number): number => priorityValue(fitScore, score, null, ofModel);
        expect(value(fit, Math.min(100, engagement + 1))).toBeGreaterThanOrEqual(value(fit, engagement));
        expect(value(Math.min(100, fit + 1), engagement)).toBeGreaterThanOrEqual(value(fit, engagement) - 1e-9);
        const needed = engagementForPriority(wanted, fit, null, ofModel);
        if (needed === null) {
          expect(value(fit, 100)).toBeLessThan(wanted + 1e-9);
        } else {
          expect(value(fit, needed)).toBeGreaterThanOrEqual(wanted - 1e-9);
          expect(value(fit, needed * 0.999)).toBeLessThanOrEqual(Math.max(wanted, value(fit, 0)) + 1e-9);
        }
      }),
      { seed: SEED },
    );
  });
});
