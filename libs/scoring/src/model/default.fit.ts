import type { Condition } from '../condition/condition';
import { freeMailCriterion } from '../fit/fit.criteria';
import type { ScoringModel } from './model.schema';

function title(operator: 'contains' | 'startsWith' | 'endsWith', value: string): Condition {
  return { fact: 'lead.trait', path: 'title', operator, value };
}

const leadership: Condition = {
  any: [
    {
      fact: 'lead.trait',
      path: 'title',
      operator: 'in',
      value: ['CEO', 'CTO', 'CFO', 'CMO', 'COO', 'CRO', 'CIO', 'VP'],
    },
    title('contains', 'chief '),
    title('contains', 'vice president'),
    title('contains', 'head of '),
    title('contains', 'director'),
    title('contains', 'founder'),
    title('contains', 'owner'),
    title('startsWith', 'vp '),
  ],
};

/** Fit of the default model: who decides, at a company of the right size and kind. Exclusions are edited by the user. */
export const defaultFit: ScoringModel['fit'] = {
  criteria: [
    {
      key: 'responsibility',
      label: 'Has responsibility (manager or above)',
      match: { any: [leadership, title('contains', 'manager'), title('contains', 'lead')] },
      points: 30,
    },
    { key: 'leadership', label: 'Decides (director or above)', match: leadership, points: 15 },
    {
      key: 'company-size',
      label: 'Company has 50 to 5,000 employees',
      match: { fact: 'account.trait', path: 'employees', operator: 'between', value: [50, 5_000] },
      points: 30,
    },
    {
      key: 'industry',
      label: 'Industry we serve',
      match: {
        any: [
          { fact: 'account.trait', path: 'industry', operator: 'contains', value: 'software' },
          { fact: 'account.trait', path: 'industry', operator: 'contains', value: 'technology' },
          { fact: 'account.trait', path: 'industry', operator: 'contains', value: 'services' },
          { fact: 'account.trait', path: 'industry', operator: 'in', value: ['SaaS', 'IT', 'Finance', 'Consulting'] },
        ],
      },
      points: 25,
    },
    {
      key: 'no-authority',
      label: 'Intern, trainee or student',
      match: {
        any: [
          title('startsWith', 'intern '),
          title('endsWith', 'intern'),
          title('contains', 'trainee'),
          title('contains', 'student'),
        ],
      },
      points: -40,
    },
    freeMailCriterion({ key: 'private-address', label: 'Private e-mail address', points: -10 }),
    {
      key: 'excluded-company',
      label: 'Competitor or own staff',
      match: { fact: 'lead.trait', path: 'email', operator: 'endsWith', value: '@competitor.example' },
      points: 0,
      isDisqualifier: true,
    },
  ],
  grades: [
    { grade: 'A', minScore: 75 },
    { grade: 'B', minScore: 50 },
    { grade: 'C', minScore: 25 },
    { grade: 'D', minScore: 0 },
  ],
  unknownScore: 40,
};
