import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A trigger rule. */
@Entity({ name: 'ls_rules' })
@Index('ls_rules_key', ['workspaceId', 'key'], { unique: true })
export class RuleEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'key', type: 'text' })
  key!: string;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'isEnabled', type: 'integer', default: 1 })
  isEnabled!: number;

  @Column({ name: 'document', type: 'text' })
  document!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;
}
