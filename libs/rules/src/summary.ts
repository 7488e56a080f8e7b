import { earlier } from './facts/first.crossing';
import type { LeadSubject } from './facts/lead.subject';
import type { LeadState, StateSummary } from './lead-state';

/** The columns the store keeps of a state as of `now` (epoch ms); `dueAt` is when the lead must be evaluated next. */
export function summaryOf(state: LeadState, subject: LeadSubject, now: number, dueAt: number | null): StateSummary {
  const { fit, model } = subject;
  const line = subject.rankLineAt(now);
  return {
    engagementRank: line?.rank ?? null,
    engagementSlope: line?.slopePerMs ?? 0,
    fitScore: fit.score ?? model.document.fit.unknownScore,
    fitGrade: fit.grade,
    usageTier: state.tier,
    lastActivityAt: state.profile.lastAt,
    nextDueAt: earlier(dueAt, subject.nextRankChangeAt(now)),
  };
}
