import { modelIssues } from '../model/model.validate';
import { compileModel } from '../model/model.compile';
import { defaultModel } from '../model/default.model';
import type { FitCriterion } from '../model/model.schema';
import { noAttributes, NOON, profileOf, tracked } from '../event.fixture';
import type { LeadAttributes } from '../profile';
import type { FitScore } from '../score';
import { scoreAt } from '../score.compute';
import { emailDomainsOf, isFreeMail } from './email.domain';
import { excludedDomainsCriterion, freeMailCriterion, seniorityCriterion } from './fit.criteria';
import { fitOf, fitVerdictOf } from './fit.score';
import { seniorityLevels, seniorityOf, seniorityRankOf } from './title.seniority';

const documentWith = (...criteria: FitCriterion[]): object => ({
  ...defaultModel,
  fit: { ...defaultModel.fit, criteria },
});
const lead = (traits: Record<string, unknown>, accountTraits: Record<string, unknown> = {}): LeadAttributes => ({
  traits,
  accountTraits,
});
const company: FitCriterion = {
  key: 'size',
  label: 'Size',
  match: { fact: 'account.trait', path: 'employees', operator: 'gte', value: 50 },
  points: 10,
};
const resultOf = (
  criterion: FitCriterion,
  attributes: LeadAttributes,
): FitScore['reasons'][number]['result'] | undefined =>
  fitOf(attributes, compileModel(documentWith(criterion), 1)).reasons[0]?.result;

describe('free-mail addresses', () => {
  it.each(['gmail.com', 'GMX.de', 'web.de', 'yahoo.co.uk', 'proton.me', 'qq.com'])('knows %s', (domain) => {
    expect(isFreeMail(`Ada@${domain}`)).toBe(true);
  });

  it('takes a company address for none, and no address for unknown', () => {
    expect(['ada@siemens.com', 'ada@example.com', 'ada', '', undefined].map(isFreeMail)).toEqual([
      false,
      false,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are a criterion that keeps unknown apart from mismatch', () => {
    const criterion = freeMailCriterion({ key: 'private', label: 'Private address', points: -10 });
    expect(modelIssues(documentWith(criterion))).toEqual([]);
    expect(['ada@gmail.com', 'ada@siemens.com', null].map((email) => resultOf(criterion, lead({ email })))).toEqual([
      'match',
      'mismatch',
      'unknown',
    ]);
  });
});

describe('excluded companies', () => {
  const competitor = excludedDomainsCriterion([' Rival.com', 'other.co.uk'], { key: 'rival', label: 'Competitor' });
  const staff = excludedDomainsCriterion(['ours.example'], { key: 'staff', label: 'Own staff' });
  const model = compileModel(documentWith(company, competitor, staff), 1);

  it('tell the domain of an address and those above it', () => {
    expect(emailDomainsOf('a@Mail.Acme.co.uk ')).toEqual(['mail.acme.co.uk', 'acme.co.uk', 'co.uk']);
    expect([emailDomainsOf('a@localhost'), emailDomainsOf('nobody'), emailDomainsOf(7)]).toEqual([
      ['localhost'],
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['the address', lead({ email: 'x@rival.com' })],
    ['a subdomain', lead({ email: 'x@eu.mail.rival.com' })],
    ['the account', lead({ email: 'x@gmail.com' }, { domain: 'Other.co.uk', employees: 500 })],
    ['own staff', lead({ email: 'x@ours.example' }, { employees: 500 })],
  ])('R13: are disqualified by %s', (_, attributes) => {
    expect(fitOf(attributes, model)).toMatchObject({ isDisqualified: true, grade: 'D', score: 0 });
  });

  it('R13: are not found in a name that only ends alike', () => {
    expect(fitOf(lead({ email: 'x@notrival.com' }, { employees: 500 }), model)).toMatchObject({ grade: 'A' });
  });

  it('R13: a competitor however busy stays below the priority that grade D allows', () => {
    const events = Array.from({ length: 30 }, (_, index) => tracked('Email Replied', NOON - index));
    const busy = scoreAt({ profile: profileOf(events), attributes: lead({ email: 'x@rival.com' }), at: NOON, model });
    expect(busy.engagement.score).toBeGreaterThan(99);
    expect(busy.priority.cell).toBe('D1');
    expect(busy.priority.value).toBeLessThanOrEqual(defaultModel.priority.gradeDMaxValue);
  });
});

describe('the verdict alone', () => {
  const model = compileModel(defaultModel, 1);

  it.each([
    ['a lead of whom nothing is known', noAttributes],
    ['one who decides', lead({ title: 'CEO', email: 'ada@acme.test' }, { employees: 200, industry: 'Software' })],
    ['one with a private address', lead({ title: 'Student', email: 'ada@gmail.com' })],
    ['one of a competitor', lead({ title: 'CEO', email: 'eve@competitor.example' })],
  ])('is what its reasons come to, of %s', (_, attributes) => {
    const { reasons, ...verdict } = fitOf(attributes, model);
    expect(fitVerdictOf(attributes, model)).toEqual(verdict);
    const matched = reasons.reduce((sum, { points }) => sum + points, 0);
    const isUnknown = reasons.every(({ result }) => result === 'unknown');
    const score = verdict.isDisqualified ? 0 : Math.max(0, matched);
    expect(verdict.score).toBe(isUnknown ? null : score);
  });
});

describe('seniority of a title', () => {
  it.each([
    ['Founder & CEO', 'owner'],
    ['Co-Founder', 'owner'],
    ['Chief Information Officer', 'chief'],
    ['CTO', 'chief'],
    ['Geschäftsführerin', 'chief'],
    ['Vice President, Sales', 'vice-president'],
    ['SVP Marketing', 'vice-president'],
    ['Director of Student Affairs', 'director'],
    ['Head of IT', 'director'],
    ['Account Manager', 'manager'],
    ['Team Lead', 'manager'],
    ['Senior Engineer', 'senior'],
    ['Sr. Analyst', 'senior'],
    ['Accountant', 'individual'],
    ['Product Owner', 'individual'],
    ['Lead Generation Specialist', 'individual'],
    ['Executive Assistant to the CEO', 'individual'],
    ['International Sales', 'individual'],
    ['Marketing Intern', 'trainee'],
    ['Management Trainee', 'trainee'],
  ])('takes "%s" for %s', (title, level) => {
    expect(seniorityOf(title)).toBe(level);
  });

  it('ranks the levels and does not guess without a title', () => {
    expect(seniorityLevels.map(seniorityRankOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([seniorityOf(' '), seniorityOf('--'), seniorityOf(undefined), seniorityOf(3)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('R13: an intern has no authority, a director has, and of no title nothing is known', () => {
    const decides = seniorityCriterion('director', { key: 'decides', label: 'Decides', points: 10 });
    expect(modelIssues(documentWith(decides))).toEqual([]);
    expect(
      ['Marketing Intern', 'Director of Marketing', undefined].map((title) => resultOf(decides, lead({ title }))),
    ).toEqual(['mismatch', 'match', 'unknown']);
    expect(resultOf(decides, lead({ job_title: 'VP Sales' }))).toBe('match');
  });

  it('is a fact by name, too', () => {
    const chief: FitCriterion = {
      ...company,
      match: { fact: 'lead.seniority', operator: 'in', value: ['chief', 'owner'] },
    };
    expect(['CEO', 'Buyer'].map((title) => resultOf(chief, lead({ jobTitle: title })))).toEqual(['match', 'mismatch']);
    expect(resultOf(chief, noAttributes)).toBe('unknown');
  });
});
