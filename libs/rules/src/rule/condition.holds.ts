import { compileCondition, type Condition, type Truth } from '@rekindle/scoring';
import type { LeadSubject } from '../facts/lead.subject';
import { compileLeaf } from './leaf.compiler';

/**
 * Whether a valid condition that stands alone, such as a filter, holds for a lead at an instant (epoch ms); undefined:
 * unknown. It is asked once and has no memory: `forDays` means nothing here.
 */
export function conditionHolds(tree: Condition, subject: LeadSubject, at: number): Truth {
  const test = compileCondition<LeadSubject>(tree, (document) => {
    const leaf = compileLeaf(document, '', subject.model);
    return (lead) => leaf.holds(lead, at);
  });
  return test(subject);
}
