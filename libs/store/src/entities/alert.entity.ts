import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A message to sales about a lead. */
@Entity({ name: 'ls_alerts' })
@Index('ls_alerts_firing', ['workspaceId', 'firingId'], { unique: true })
@Index('ls_alerts_at', ['workspaceId', 'at', 'id'])
@Index('ls_alerts_state', ['workspaceId', 'state', 'at', 'id'])
@Index('ls_alerts_lead', ['workspaceId', 'leadId', 'at', 'id'])
export class AlertEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'leadId', type: 'text' })
  leadId!: string;

  @Column({ name: 'firingId', type: 'text' })
  firingId!: string;

  @Column({ name: 'ruleKey', type: 'text' })
  ruleKey!: string;

  @Column({ name: 'owner', type: 'text', nullable: true })
  owner!: string | null;

  @Column({ name: 'title', type: 'text' })
  title!: string;

  @Column({ name: 'sentence', type: 'text' })
  sentence!: string;

  @Column({ name: 'causes', type: 'text' })
  causes!: string;

  @Column({ name: 'nextStep', type: 'text' })
  nextStep!: string;

  @Column({ name: 'score', type: 'double precision' })
  score!: number;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'at', type: 'bigint' })
  at!: number;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'doneAt', type: 'bigint', nullable: true })
  doneAt!: number | null;
}
