import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A rule fired for a lead. */
@Entity({ name: 'ls_firings' })
@Index('ls_firings_crossing', ['workspaceId', 'ruleKey', 'ruleVersion', 'leadId', 'sequence'], { unique: true })
@Index('ls_firings_lead', ['workspaceId', 'leadId', 'at', 'id'])
export class FiringEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'ruleKey', type: 'text' })
  ruleKey!: string;

  @Column({ name: 'ruleVersion', type: 'integer' })
  ruleVersion!: number;

  @Column({ name: 'leadId', type: 'text' })
  leadId!: string;

  @Column({ name: 'sequence', type: 'integer' })
  sequence!: number;

  @Column({ name: 'at', type: 'bigint' })
  at!: number;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'cause', type: 'text' })
  cause!: string;
}
