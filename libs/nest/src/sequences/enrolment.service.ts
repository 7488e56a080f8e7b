import { Injectable } from '@nestjs/common';
import { conditionHolds, LeadSubject, type LeadState } from '@rekindle/rules';
import { bucketsOf, type CompiledModel, type LeadAttributes } from '@rekindle/scoring';
import { EnrolmentStore, newId, type EnrolmentExit, type Sql } from '@rekindle/store';
import { SequenceCatalogue } from './sequence.catalogue';
import { exitReasons, firstEndingSign, signalsThatEnd } from './sequence.exits';
import type { SequenceDocument } from './sequence.schema';

const HOUR_MS = 3_600_000;

/** Who is to be enrolled in what, and what happened to them since the rule fired. Instants are epoch ms. */
export interface EnrolmentRequest {
  workspaceId: string;
  now: number;
  leadId: string;
  firingId: string;
  /** When the rule fired. */
  firedAt: number;
  sequenceKey: string;
  state: LeadState | null;
  attributes: LeadAttributes;
  model: CompiledModel;
}

/** A lead that was never scored meets no filter. What is unknown is not met either. */
function isFiltered(request: EnrolmentRequest, { entry }: SequenceDocument): boolean {
  const { state, attributes, model, now } = request;
  if (entry === undefined) return false;
  return state === null || conditionHolds(entry, new LeadSubject(state.profile, attributes, model), now) !== true;
}

/** True for a lead that has come back between the firing and now. */
function isBack({ state, firedAt, model }: EnrolmentRequest, document: SequenceDocument): boolean {
  const ending = [...signalsThatEnd(document, model).keys()];
  return state !== null && ending.some((key) => (bucketsOf(state.profile, key).at(-1)?.last ?? -Infinity) > firedAt);
}

/** Puts leads into sequences. */
@Injectable()
export class EnrolmentService {
  private readonly enrolments = new EnrolmentStore();

  constructor(private readonly sequences: SequenceCatalogue) {}

  /**
   * In the caller's transaction. Once per firing, and not while the lead is in the sequence already. A lead that came
   * back since the rule fired, or does not meet the sequence's entry filter, is enrolled and exited at once, so that the
   * reason can be seen. False for an unknown key.
   */
  async enrol(sql: Sql, request: EnrolmentRequest): Promise<boolean> {
    const { workspaceId, now, leadId, firingId, firedAt } = request;
    const sequence = await this.sequences.byKey(sql, workspaceId, request.sequenceKey);
    if (!sequence) return false;
    const { document, version } = sequence;
    const enrolment = {
      id: newId(now),
      sequenceKey: document.key,
      sequenceVersion: version,
      leadId,
      firingId,
      stepIndex: 0,
    };
    const nextStepAt = now + (document.steps[0]?.afterHours ?? 0) * HOUR_MS;
    const active = {
      state: 'active' as const,
      reason: null,
      startedAt: firedAt,
      endedAt: null,
      nextStepAt,
      endedBy: null,
      resumeAt: null,
    };
    const isNew = await this.enrolments.insert(sql, workspaceId, { ...enrolment, ...active });
    const exit = isNew ? await this.exitAtOnce(sql, request, document) : null;
    if (exit !== null) await this.enrolments.exitMany(sql, workspaceId, [enrolment.id], exit);
    return true;
  }

  private async exitAtOnce(
    sql: Sql,
    request: EnrolmentRequest,
    document: SequenceDocument,
  ): Promise<EnrolmentExit | null> {
    const { now, firedAt: after } = request;
    if (isFiltered(request, document)) return { reason: 'did not meet the entry filter', now };
    const sign = isBack(request, document) ? await firstEndingSign(sql, request, { document, after }) : null;
    return sign === null ? null : { reason: exitReasons[sign.kind], now, by: sign.messageId };
  }
}
