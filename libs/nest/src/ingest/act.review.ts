import { judgeMailActs, TRACE_REACH_MS, verdictWords, type ActVerdict, type MailTrace } from '@rekindle/plugins';
import type { LeadState } from '@rekindle/rules';
import { groupBy } from '@rekindle/scoring';
import { EventStore, type EventJudgement, type EventRow, type MailSpan, type Sql } from '@rekindle/store';
import { z } from 'zod';
import { withdrawnSign, type WithdrawnSign } from '../sequences/enrolment.reopening';
import type { MailActNote } from './canonical.message';
import type { WorkspaceDefinitions } from './definitions.cache';
import { scoringEventOfRow } from './scored.leads';
import type { IngestGroup, OwnedMessage } from './ingest.group';

const events = new EventStore();

const storedActSchema = z.object({
  kind: z.enum(['open', 'click']),
  userAgent: z.string().nullable(),
  isHead: z.boolean(),
  isTrap: z.boolean(),
  flag: z.enum(['scanner', 'privacy-proxy']).nullable(),
  handedOverAt: z.number().nullable(),
  link: z.string().nullable(),
  linkCount: z.number().nullable(),
  mailKey: z.string(),
  verdict: z.enum(['human', 'machine', 'unsure']),
  evidence: z.array(z.string()),
});
type StoredAct = z.output<typeof storedActSchema>;

/** An act on a mail: one that is new, or one that was stored and judged before. */
type Act = { note: MailActNote; at: number } & ({ owned: OwnedMessage } | { row: EventRow; stored: StoredAct });

/** What an event says of itself once it is judged. */
function judged(
  context: Record<string, unknown>,
  { verdict }: ActVerdict,
): Pick<EventRow, 'status' | 'code'> & {
  context: Record<string, unknown>;
} {
  const { verdict: _, ...rest } = context;
  const isMachine = verdict === 'machine';
  return {
    status: isMachine ? 'unscored' : 'scored',
    code: isMachine ? 'machine' : null,
    context: verdict === 'human' ? rest : { ...rest, verdict },
  };
}

/** Leaves the same behind however often it is done: a group that fails is stored again in parts. */
function judgeFresh({ owned, note }: { owned: OwnedMessage; note: MailActNote }, verdict: ActVerdict): void {
  const { message } = owned;
  const { status, code, context } = judged(message.context, verdict);
  Object.assign(message, { act: { ...note, ...verdict }, isScored: status === 'scored', context });
  owned.code = code ?? owned.code;
}

function judgementOf(
  { row, note }: { row: EventRow; note: MailActNote },
  verdict: ActVerdict,
  { definitions }: WorkspaceDefinitions,
): EventJudgement {
  const { status, code, context } = judged(scoringEventOfRow(row).context, verdict);
  const payload = { ...row.payload, context, act: { ...note, ...verdict } };
  const signal = definitions.model.signalOf(scoringEventOfRow({ ...row, payload }))?.key ?? null;
  return { id: row.id, status, code, signal: status === 'scored' ? signal : null, payload };
}

function actOfRow(row: EventRow): Act[] {
  const parsed = storedActSchema.safeParse(row.payload['act']);
  if (!parsed.success) return [];
  const { verdict: _, evidence: __, ...note } = parsed.data;
  return [{ note, at: row.at, row, stored: parsed.data }];
}

/**
 * Where stored acts that matter may be. Acts further apart than their reach say nothing about each other: twice the
 * reach holds all that matters.
 */
function spansOf(freshByLead: ReadonlyMap<string, readonly Act[]>): MailSpan[] {
  return [...freshByLead].flatMap(([leadId, fresh]) =>
    [...byMail(fresh)].map(([mailKey, acts]) => {
      const instants = acts.map(({ at }) => at);
      const from = Math.min(...instants) - 2 * TRACE_REACH_MS;
      return { leadId, mailKey, from, until: Math.max(...instants) + 2 * TRACE_REACH_MS };
    }),
  );
}

/** What is stored of acts on the same mails, by lead. */
async function storedActs(
  sql: Sql,
  workspaceId: string,
  freshByLead: ReadonlyMap<string, readonly Act[]>,
): Promise<Map<string | null, Act[]>> {
  const rows = await events.actsOn(sql, workspaceId, spansOf(freshByLead));
  const stored = groupBy(rows, ({ leadId }) => leadId);
  return new Map([...stored].map(([leadId, ofLead]) => [leadId, ofLead.flatMap(actOfRow)]));
}

const traceOf = ({ note, at }: Act): MailTrace => ({ ...note, at });

function isNear(act: Act, fresh: readonly Act[]): boolean {
  return fresh.some(({ at }) => Math.abs(at - act.at) <= TRACE_REACH_MS);
}

/** What a stored act is judged to be now. `withdrawn`: it was taken for a person's. */
interface Finding {
  change: EventJudgement;
  isMoved: boolean;
  withdrawn: WithdrawnSign[];
}

function withdrawnBy({ row, stored }: { row: EventRow; stored: StoredAct }, verdict: ActVerdict): WithdrawnSign[] {
  const isLost = row.leadId !== null && stored.verdict === 'human' && verdict.verdict !== 'human';
  return isLost ? [withdrawnSign(row, verdictWords(verdict))] : [];
}

/** Judges all acts on one mail; answers the stored ones whose verdict rests on something else now. */
function judgeMail(acts: readonly Act[], definitions: WorkspaceDefinitions): Finding[] {
  const fresh = acts.filter((act) => 'owned' in act);
  const verdicts = judgeMailActs(acts.map(traceOf));
  return acts.flatMap((act, index) => {
    const verdict = verdicts[index];
    if (verdict === undefined) return [];
    if ('owned' in act) {
      judgeFresh(act, verdict);
      return [];
    }
    const isSame = String(verdict.evidence) === String(act.stored.evidence);
    if (isSame || !isNear(act, fresh)) return [];
    const isMoved = verdict.verdict !== act.stored.verdict;
    return [{ change: judgementOf(act, verdict, definitions), isMoved, withdrawn: withdrawnBy(act, verdict) }];
  });
}

function freshByLead({ owned }: IngestGroup): Map<string, Act[]> {
  const fresh = owned.flatMap((each) => {
    const { act, at, code } = each.message;
    return act === null || code === 'timestamp_out_of_range' ? [] : [{ note: act, at, owned: each }];
  });
  return groupBy(fresh, (act) => act.owned.node.living.id);
}

const byMail = (acts: readonly Act[]): Map<string, Act[]> => groupBy(acts, ({ note }) => note.mailKey);

/**
 * Says of each new open and click who did it, before anything is scored: a machine's counts for nothing. Where a new
 * act changes the verdict on stored ones, those are written anew and their lead is put among those to be scored from
 * all events (`rebuilt`), so that what was given in error is withdrawn to the last digit. Answers, by lead, what was
 * taken for a person's and is so no longer.
 */
export async function reviewMailActs(
  sql: Sql,
  group: IngestGroup,
  rebuilt: Map<string, LeadState[]>,
  definitions: WorkspaceDefinitions,
): Promise<Map<string, WithdrawnSign[]>> {
  const withdrawn = new Map<string, WithdrawnSign[]>();
  const freshOf = freshByLead(group);
  const storedOf = await storedActs(sql, group.workspaceId, freshOf);
  for (const [leadId, fresh] of freshOf) {
    const found = [...byMail([...(storedOf.get(leadId) ?? []), ...fresh]).values()].flatMap((acts) =>
      judgeMail(acts, definitions),
    );
    if (found.length === 0) continue;
    await events.judge(
      sql,
      group.workspaceId,
      found.map(({ change }) => change),
    );
    if (found.some(({ isMoved }) => isMoved)) rebuilt.set(leadId, rebuilt.get(leadId) ?? []);
    const signs = found.flatMap((finding) => finding.withdrawn);
    if (signs.length > 0) withdrawn.set(leadId, signs);
  }
  return withdrawn;
}
