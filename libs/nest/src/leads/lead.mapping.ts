import type { LeadDetail, LeadRow as LeadRowAnswer, ScoreAnswer } from '@rekindle/contracts';
import { scoreAt, type CompiledModel } from '@rekindle/scoring';
import type { Identity, LeadListItem, LeadRow } from '@rekindle/store';
import type { LeadFile } from './lead.reader';
import { scoreSpark } from './profile.past';
import { isoOf } from './score.mapping';

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function accountRef(account: { id: string; name: string | null; groupId?: string } | null) {
  return account && { id: account.id, name: account.name ?? account.groupId ?? account.id };
}

function personOf(lead: LeadRow) {
  return {
    id: lead.id,
    userId: lead.userId,
    email: lead.email,
    name: lead.name,
    title: lead.title,
    owner: lead.owner,
  };
}

/** A row of the list, scored as of `at` (epoch ms). */
export function leadRowOf(item: LeadListItem, at: number, model: CompiledModel): LeadRowAnswer {
  const { lead, account, state } = item;
  const attributes = { traits: lead.traits, accountTraits: account?.traits ?? {} };
  const { engagement, usage, fit, priority, lastActivityAt } = scoreAt({
    profile: state.profile,
    attributes,
    at,
    model,
  });
  const spark = scoreSpark(state.profile, at, model).map((score) => round(score, 1));
  const weekAgo = spark.at(-8) ?? 0;
  return {
    ...personOf(lead),
    account: accountRef(account),
    engagement: {
      score: engagement.score,
      points: engagement.points,
      band: engagement.band,
      state: engagement.state,
      change7d: round((spark.at(-1) ?? 0) - weekAgo, 1),
      spark,
    },
    usage: { tier: usage.tier, events30d: usage.events30d },
    fit: { score: fit.score, grade: fit.grade },
    priority: { cell: priority.cell, label: priority.label, value: priority.value },
    lastActivityAt: isoOf(lastActivityAt),
  };
}

/** A lead with its score. */
export function leadDetailOf(
  { lead, account }: LeadFile,
  more: { identities: readonly Identity[]; isSuppressed: boolean; score: ScoreAnswer },
): LeadDetail {
  return {
    ...personOf(lead),
    account: accountRef(account),
    traits: lead.traits,
    identities: more.identities.map(({ kind, value }) => ({ kind, value })),
    isSuppressed: more.isSuppressed,
    createdAt: isoOf(lead.createdAt),
    score: more.score,
  };
}
