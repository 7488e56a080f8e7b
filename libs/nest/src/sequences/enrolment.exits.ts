import { Injectable } from '@nestjs/common';
import { EnrolmentStore, MessageStore, type EnrolmentExit, type EnrolmentRow, type Sql } from '@rekindle/store';
import { SequenceCatalogue } from './sequence.catalogue';
import { exitReasons } from './sequence.exits';
import type { ExitKind } from './sequence.schema';

/** A sign of life of a lead: the kind of a signal, and when (epoch ms). */
export interface LifeSign {
  leadId: string;
  messageId: string;
  kind: string;
  at: number;
}

/** Ends enrolments, and with them every mail that has not left yet. */
@Injectable()
export class EnrolmentExits {
  private readonly enrolments = new EnrolmentStore();
  private readonly messages = new MessageStore();

  constructor(private readonly sequences: SequenceCatalogue) {}

  /** In the caller's transaction: ends the enrolments that these signs of life, younger than their start, end. */
  async onSigns(sql: Sql, target: { workspaceId: string; now: number }, signs: readonly LifeSign[]): Promise<void> {
    const { now } = target;
    const leadIds = [...new Set(signs.map((sign) => sign.leadId))];
    const active = await this.enrolments.activeForLeads(sql, target.workspaceId, leadIds);
    for (const sign of active.size === 0 ? [] : signs) {
      for (const enrolment of active.get(sign.leadId) ?? []) {
        const reason = await this.reasonFor(sql, target.workspaceId, enrolment, sign);
        if (reason !== null)
          await this.end(sql, target.workspaceId, [enrolment.id], { reason, now, by: sign.messageId });
      }
    }
  }

  /** In the caller's transaction: ends every enrolment of these leads, for good. */
  async onStop(
    sql: Sql,
    target: { workspaceId: string; now: number },
    leadIds: readonly string[],
    reason: string,
  ): Promise<void> {
    const active = await this.enrolments.activeForLeads(sql, target.workspaceId, leadIds);
    const ids = [...active.values()].flat().map((enrolment) => enrolment.id);
    await this.end(sql, target.workspaceId, ids, { reason, now: target.now });
    await this.enrolments.settleEnds(sql, target.workspaceId, leadIds);
  }

  private async reasonFor(
    sql: Sql,
    workspaceId: string,
    enrolment: EnrolmentRow,
    sign: LifeSign,
  ): Promise<string | null> {
    if (sign.at <= enrolment.startedAt) return null;
    const sequence = await this.sequences.byKey(sql, workspaceId, enrolment.sequenceKey);
    const kind = sequence?.document.exits.find((exit): exit is ExitKind => exit === sign.kind);
    return kind === undefined ? null : exitReasons[kind];
  }

  private async end(sql: Sql, workspaceId: string, ids: readonly string[], exit: EnrolmentExit): Promise<void> {
    const ended = await this.enrolments.exitMany(sql, workspaceId, ids, exit);
    await this.messages.skipForEnrolments(sql, workspaceId, ended, exit);
  }
}
