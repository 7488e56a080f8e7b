import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A lead on its way through a sequence. */
@Entity({ name: 'ls_enrolments' })
@Index('ls_enrolments_firing', ['workspaceId', 'firingId'], { unique: true })
@Index('ls_enrolments_active', ['workspaceId', 'sequenceKey', 'leadId'], { unique: true, where: `"state" = 'active'` })
@Index('ls_enrolments_lead', ['workspaceId', 'leadId', 'state'])
@Index('ls_enrolments_due', ['nextStepAt', 'id'], { where: '"nextStepAt" IS NOT NULL' })
export class EnrolmentEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'sequenceKey', type: 'text' })
  sequenceKey!: string;

  @Column({ name: 'sequenceVersion', type: 'integer' })
  sequenceVersion!: number;

  @Column({ name: 'leadId', type: 'text' })
  leadId!: string;

  @Column({ name: 'firingId', type: 'text', nullable: true })
  firingId!: string | null;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'reason', type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'stepIndex', type: 'integer' })
  stepIndex!: number;

  @Column({ name: 'nextStepAt', type: 'bigint', nullable: true })
  nextStepAt!: number | null;

  @Column({ name: 'startedAt', type: 'bigint' })
  startedAt!: number;

  @Column({ name: 'endedAt', type: 'bigint', nullable: true })
  endedAt!: number | null;

  @Column({ name: 'endedBy', type: 'text', nullable: true })
  endedBy!: string | null;

  @Column({ name: 'resumeAt', type: 'bigint', nullable: true })
  resumeAt!: number | null;
}
