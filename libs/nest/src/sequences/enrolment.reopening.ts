import { Injectable } from '@nestjs/common';
import type { CompiledModel } from '@rekindle/scoring';
import {
  ChangeStore,
  EnrolmentStore,
  MessageStore,
  newId,
  type EnrolmentRow,
  type EventRow,
  type Sql,
} from '@rekindle/store';
import { LONGEST_CAP_MS, nextAllowedAt } from './frequency.cap';
import { SequenceCatalogue } from './sequence.catalogue';
import { exitReasons, firstEndingSign } from './sequence.exits';

/** A sign of life that counts no more. Instants are epoch ms. */
export interface WithdrawnSign extends Pick<EventRow, 'at' | 'receivedAt'> {
  messageId: string;
  /** Which signal it was. */
  signal: string | null;
  /** Why it counts no more, in words. */
  evidence: string;
}

/** A stored event as a sign that counts no more. */
export function withdrawnSign({ id, messageId, at, receivedAt, signal }: EventRow, evidence: string): WithdrawnSign {
  return { messageId: messageId ?? id, at, receivedAt, signal, evidence };
}

interface Scene {
  workspaceId: string;
  now: number;
  model: CompiledModel;
}

/** Takes enrolments up again that ended by a sign of life that counts no more. */
@Injectable()
export class EnrolmentReopening {
  private readonly enrolments = new EnrolmentStore();
  private readonly messages = new MessageStore();
  private readonly changes = new ChangeStore();

  constructor(private readonly sequences: SequenceCatalogue) {}

  /** In the caller's transaction, once the lead's events are as they are now. */
  async onWithdrawn(sql: Sql, scene: Scene, leadId: string, signs: readonly WithdrawnSign[]): Promise<void> {
    const ids = signs.map(({ messageId }) => messageId);
    for (const ended of await this.enrolments.endedByAny(sql, scene.workspaceId, leadId, ids)) {
      const sign = signs.find(({ messageId }) => messageId === ended.endedBy);
      if (sign !== undefined) await this.reconsider(sql, scene, ended, sign);
    }
  }

  /** Another sign of life takes the place of the one withdrawn; without one the enrolment goes on. */
  private async reconsider(sql: Sql, scene: Scene, ended: EnrolmentRow, sign: WithdrawnSign): Promise<void> {
    const { workspaceId, now, model } = scene;
    const { id, leadId, startedAt, endedAt } = ended;
    const sequence = await this.sequences.byKey(sql, workspaceId, ended.sequenceKey);
    if (!sequence) return;
    const since = { document: sequence.document, after: startedAt };
    const other = await firstEndingSign(sql, { workspaceId, leadId, model }, since);
    if (other !== null) {
      const at = Math.max(endedAt ?? now, other.receivedAt);
      const end = { id, reason: exitReasons[other.kind], by: other.messageId, at };
      await this.enrolments.explainEnd(sql, workspaceId, end);
      return;
    }
    if (!(await this.enrolments.reopen(sql, workspaceId, ended.id, now))) return;
    await this.requeue(sql, scene, ended);
    await this.note(sql, scene, ended, sign);
  }

  /** A mail that its end kept back leaves now, as soon as the lead may be written to. */
  private async requeue(sql: Sql, { workspaceId, now }: Scene, ended: EnrolmentRow): Promise<void> {
    const recent = await this.messages.sequenceMailsSince(sql, workspaceId, ended.leadId, now - LONGEST_CAP_MS);
    const again = { endedFor: ended.reason ?? '', notBefore: nextAllowedAt(recent, now), now };
    await this.messages.requeueForEnrolment(sql, workspaceId, ended.id, again);
  }

  /** The end that was undone, and that it was, for the lead's timeline. */
  private async note(sql: Sql, { workspaceId, now }: Scene, ended: EnrolmentRow, sign: WithdrawnSign): Promise<void> {
    const { leadId, sequenceKey: sequence, reason } = ended;
    const { evidence } = sign;
    await this.changes.insertMany(sql, workspaceId, [
      { id: newId(now), leadId, kind: 'sequence-ended', at: ended.endedAt ?? now, detail: { sequence, reason } },
      { id: newId(now), leadId, kind: 'sequence-resumed', at: now, detail: { sequence, reason, evidence } },
    ]);
  }
}
