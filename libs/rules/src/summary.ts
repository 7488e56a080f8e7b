import type { LeadSubject } from './facts/lead.subject';
import type { LeadState, StateSummary } from './lead-state';

/** The columns the store keeps of a state. `nextDueAt` is epoch ms. */
export function summaryOf(state: LeadState, subject: LeadSubject, nextDueAt: number | null): StateSummary {
  const { fit, model, rank } = subject;
  return {
    engagementRank: rank,
    fitScore: fit.score ?? model.document.fit.unknownScore,
    fitGrade: fit.grade,
    usageTier: state.tier,
    lastActivityAt: state.profile.lastAt,
    nextDueAt,
  };
}
