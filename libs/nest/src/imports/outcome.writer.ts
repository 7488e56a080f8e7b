import {
  identityKey,
  IdentityStore,
  newId,
  OutcomeStore,
  type Identity,
  type OutcomeRow,
  type Sql,
} from '@rekindle/store';
import type { PlannedOutcome, RowPlan } from './row.plan';

const identities = new IdentityStore();
const outcomes = new OutcomeStore();

export type OutcomePlan = Extract<RowPlan, { fate: 'outcome' }>;

/** What stands in the way of an outcome, or that it is known already; null: it is new. */
export type OutcomeVerdict = 'unknown_lead' | 'unchanged' | null;

function leadOf(who: readonly Identity[], known: ReadonlyMap<string, string>): string | null {
  const found = who.map((identity) => known.get(identityKey(identity))).find((id) => id !== undefined);
  return found ?? null;
}

/** Whose each outcome is and whether it is new, in the order of the plans. */
export async function judgeOutcomes(
  sql: Sql,
  workspaceId: string,
  planned: readonly PlannedOutcome[],
): Promise<{ leadId: string | null; verdict: OutcomeVerdict }[]> {
  const who = planned.flatMap((outcome) => outcome.who);
  const known = await identities.resolve(sql, workspaceId, who);
  const keys = planned.map(({ rowKey }) => rowKey);
  const seen = new Set(await outcomes.existing(sql, workspaceId, keys));
  return planned.map((outcome) => {
    const leadId = leadOf(outcome.who, known);
    if (leadId === null) return { leadId, verdict: 'unknown_lead' };
    const isKnown = seen.has(outcome.rowKey);
    seen.add(outcome.rowKey);
    return { leadId, verdict: isKnown ? 'unchanged' : null };
  });
}

/** Stores those that are new; answers the verdict of each. In the caller's transaction. */
export async function storeOutcomes(
  sql: Sql,
  target: { workspaceId: string; importId: string; now: number },
  planned: readonly PlannedOutcome[],
): Promise<OutcomeVerdict[]> {
  const { workspaceId, importId, now } = target;
  const judged = await judgeOutcomes(sql, workspaceId, planned);
  const rows = planned.flatMap(({ rowKey, outcome, at, amount }, index): OutcomeRow[] => {
    const { leadId = null, verdict = null } = judged[index] ?? {};
    if (leadId === null || verdict !== null) return [];
    return [{ id: newId(now), rowKey, leadId, outcome, at, amount, importId, createdAt: now }];
  });
  await outcomes.insertMany(sql, workspaceId, rows);
  return judged.map(({ verdict }) => verdict);
}
