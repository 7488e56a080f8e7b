import { Injectable } from '@nestjs/common';
import { verdictWords } from '@rekindle/plugins';
import { AlertStore, ChangeStore, newId, type AlertListItem, type ChangeRow, type Sql } from '@rekindle/store';
import { EnrolmentReopening, type WithdrawnSign } from '../sequences/enrolment.reopening';
import type { WorkspaceDefinitions } from './definitions.cache';
import type { IngestGroup } from './ingest.group';

const MOST_ALERTS = 50;

function isNamed(alert: AlertListItem, { signal, at }: WithdrawnSign): boolean {
  return alert.at >= at && alert.causes.some((cause) => cause.signal === signal);
}

/** What follows once acts that counted turn out to be a machine's; their points are withdrawn by scoring. */
@Injectable()
export class EvidenceWithdrawal {
  private readonly alerts = new AlertStore();
  private readonly changes = new ChangeStore();

  constructor(private readonly reopening: EnrolmentReopening) {}

  /** In the caller's transaction: enrolments they ended go on; alerts that named them stay, with a line that says so. */
  async apply(
    sql: Sql,
    done: { group: IngestGroup; definitions: WorkspaceDefinitions },
    leadId: string,
    signs: readonly WithdrawnSign[],
  ): Promise<void> {
    const { workspaceId, now } = done.group;
    const { model } = done.definitions.definitions;
    await this.reopening.onWithdrawn(sql, { workspaceId, now, model }, leadId, signs);
    const { items } = await this.alerts.list(sql, workspaceId, { leadId, limit: MOST_ALERTS });
    const notes = items.flatMap((alert): ChangeRow[] => {
      const sign = signs.find((candidate) => isNamed(alert, candidate));
      if (sign === undefined) return [];
      const detail = { alert: alert.title, evidence: verdictWords(sign.verdict) };
      return [{ id: newId(now), leadId, kind: 'alert-weakened', at: now, detail }];
    });
    await this.changes.insertMany(sql, workspaceId, notes);
  }
}
