import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A lead's scoring state and the columns that lists and timers use. */
@Entity({ name: 'ls_profiles' })
@Index('ls_profiles_engagement', ['workspaceId', 'engagementRank', 'leadId'])
@Index('ls_profiles_fit', ['workspaceId', 'fitScore', 'fitGrade', 'engagementRank', 'leadId'])
@Index('ls_profiles_last_activity', ['workspaceId', 'lastActivityAt', 'leadId'])
@Index('ls_profiles_tier', ['workspaceId', 'usageTier'])
@Index('ls_profiles_due', ['nextDueAt'], { where: '"nextDueAt" IS NOT NULL' })
export class ProfileEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'leadId', type: 'text' })
  leadId!: string;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'engagementRank', type: 'double precision', nullable: true })
  engagementRank!: number | null;

  @Column({ name: 'fitScore', type: 'integer' })
  fitScore!: number;

  @Column({ name: 'fitGrade', type: 'text' })
  fitGrade!: string;

  @Column({ name: 'usageTier', type: 'text', nullable: true })
  usageTier!: string | null;

  @Column({ name: 'lastActivityAt', type: 'bigint', nullable: true })
  lastActivityAt!: number | null;

  @Column({ name: 'nextDueAt', type: 'bigint', nullable: true })
  nextDueAt!: number | null;

  @Column({ name: 'modelVersion', type: 'integer' })
  modelVersion!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;

  /** Points per ms by which the rank moves; 0 under every decay but the linear one. */
  @Column({ name: 'engagementSlope', type: 'double precision', default: 0 })
  engagementSlope!: number;
}
