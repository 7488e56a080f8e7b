import { Injectable } from '@nestjs/common';
import type { AdvanceResult, Change, LeadState } from '@rekindle/rules';
import {
  ChangeStore,
  FiringStore,
  newId,
  OutboxStore,
  ProfileStore,
  type ChangeRow,
  type FiringRow,
  type OutboxInsert,
  type Sql,
} from '@rekindle/store';
import type { WorkspaceDefinitions } from './definitions.cache';

type Firing = Extract<Change, { kind: 'firing' }>;

/** A lead and what `advance` answered for it. */
export interface Advanced {
  leadId: string;
  result: AdvanceResult;
  /** What was stored of the lead, where it is known to have a profile. */
  stored?: LeadState | undefined;
}

const LEAST_WAIT_MS = 1_000;

function changeRow(leadId: string, change: Exclude<Change, Firing>, now: number): ChangeRow {
  const { kind, at, ...detail } = change;
  return { id: newId(now), leadId, kind, at, detail };
}

function firingRow(leadId: string, firing: Firing, now: number): FiringRow {
  const { rule, ruleVersion, sequence, at, causes, score } = firing;
  return { id: newId(now), ruleKey: rule, ruleVersion, leadId, sequence, at, createdAt: now, cause: { causes, score } };
}

/** Writes what `advance` answered: the one write path of events and of timers. */
@Injectable()
export class ScoreWriter {
  private readonly profiles = new ProfileStore();
  private readonly changes = new ChangeStore();
  private readonly firings = new FiringStore();
  private readonly outbox = new OutboxStore();

  /** In the caller's transaction: profiles, crossings, firings and, for new firings alone, the work they ask for. */
  async write(
    sql: Sql,
    target: { workspaceId: string; definitions: WorkspaceDefinitions; now: number },
    advanced: readonly Advanced[],
  ): Promise<void> {
    const { workspaceId, definitions, now } = target;
    const profiles = advanced.map(({ leadId, result, stored }) => ({
      leadId,
      state: result.state satisfies LeadState,
      summary: { ...result.summary, nextDueAt: laterThan(result.summary.nextDueAt, now) },
      modelVersion: definitions.modelVersion,
      storedTier: stored?.tier,
    }));
    await this.profiles.upsertMany(sql, workspaceId, profiles, now);
    const moves = advanced.flatMap(({ leadId, result }) => result.changes.map((change) => ({ leadId, change })));
    if (moves.length === 0) return;
    await this.changes.insertMany(
      sql,
      workspaceId,
      moves.flatMap(({ leadId, change }) => (change.kind === 'firing' ? [] : [changeRow(leadId, change, now)])),
    );
    const firings = moves.flatMap(({ leadId, change }) =>
      change.kind === 'firing' ? [firingRow(leadId, change, now)] : [],
    );
    const isNew = await this.firings.insertMany(sql, workspaceId, firings);
    const work = firings.filter((firing) => isNew.has(firing.id)).flatMap((firing) => workOf(firing, definitions, now));
    await this.outbox.insertMany(sql, workspaceId, work);
  }
}

/** A timer that is due again at once would spin; a second later is soon enough for anything. */
function laterThan(nextDueAt: number | null, now: number): number | null {
  return nextDueAt !== null && nextDueAt <= now ? now + LEAST_WAIT_MS : nextDueAt;
}

function workOf(firing: FiringRow, definitions: WorkspaceDefinitions, now: number): OutboxInsert[] {
  const rule = definitions.rules.get(firing.ruleKey);
  return (rule?.actions ?? []).map((action, index) => ({
    id: newId(now),
    kind: `action:${action.key}`,
    dedupeKey: `firing:${firing.id}:${index}`,
    payload: {
      firingId: firing.id,
      leadId: firing.leadId,
      ruleKey: firing.ruleKey,
      ruleName: rule?.name ?? firing.ruleKey,
      at: firing.at,
      causes: firing.cause['causes'],
      score: firing.cause['score'],
      settings: action.settings,
    },
    createdAt: now,
  }));
}
