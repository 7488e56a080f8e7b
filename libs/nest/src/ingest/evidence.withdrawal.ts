import { Injectable } from '@nestjs/common';
import { AlertStore, ChangeStore, newId, type AlertListItem, type ChangeRow, type Sql } from '@rekindle/store';
import { EnrolmentReopening, type WithdrawnSign } from '../sequences/enrolment.reopening';
import type { RebuildScene } from './lead.rebuild';

const MOST_ALERTS = 50;

function isNamed(alert: AlertListItem, { signal, at, receivedAt }: WithdrawnSign): boolean {
  const isAfter = alert.at >= at && alert.createdAt >= receivedAt;
  return isAfter && alert.causes.some((cause) => cause.signal === signal);
}

/** What follows once events that counted do so no more; their points are withdrawn by scoring. */
@Injectable()
export class EvidenceWithdrawal {
  private readonly alerts = new AlertStore();
  private readonly changes = new ChangeStore();

  constructor(private readonly reopening: EnrolmentReopening) {}

  /** In the caller's transaction: enrolments they ended go on; alerts that named them stay, with a line that says so. */
  async apply(
    sql: Sql,
    { workspaceId, now, definitions }: RebuildScene,
    leadId: string,
    signs: readonly WithdrawnSign[],
  ): Promise<void> {
    const { model } = definitions.definitions;
    await this.reopening.onWithdrawn(sql, { workspaceId, now, model }, leadId, signs);
    const { items } = await this.alerts.list(sql, workspaceId, { leadId, limit: MOST_ALERTS });
    const notes = items.flatMap((alert): ChangeRow[] => {
      const sign = signs.find((candidate) => isNamed(alert, candidate));
      if (sign === undefined) return [];
      const detail = { alert: alert.title, evidence: sign.evidence };
      return [{ id: newId(now), leadId, kind: 'alert-weakened', at: now, detail }];
    });
    await this.changes.insertMany(sql, workspaceId, notes);
  }
}
