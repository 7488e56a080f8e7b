import type { FitCriterion } from '../model/model.schema';
import { type Seniority, seniorityRankOf } from './title.seniority';

/** What a criterion is called and worth. */
interface Named {
  key: string;
  label: string;
  points: number;
}

/** A criterion for leads with an address at a free-mail provider. */
export function freeMailCriterion(named: Named): FitCriterion {
  return { ...named, match: { fact: 'lead.hasFreeMail', operator: 'eq', value: true } };
}

/** A criterion for titles of at least a level of responsibility. Unknown without a title. */
export function seniorityCriterion(least: Seniority, named: Named): FitCriterion {
  return { ...named, match: { fact: 'lead.seniorityRank', operator: 'gte', value: seniorityRankOf(least) } };
}

/**
 * A disqualifier for people of some companies, such as competitors or own staff, by domain: of their e-mail address or
 * any domain above it, or the account's trait `domain`. At most 500 domains.
 */
export function excludedDomainsCriterion(domains: readonly string[], named: Omit<Named, 'points'>): FitCriterion {
  const value = domains.map((domain) => domain.trim().toLowerCase());
  return {
    ...named,
    points: 0,
    isDisqualifier: true,
    match: {
      any: [
        { fact: 'lead.emailDomain', operator: 'in', value },
        { fact: 'account.trait', path: 'domain', operator: 'in', value },
      ],
    },
  };
}
