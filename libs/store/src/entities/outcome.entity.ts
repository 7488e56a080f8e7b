import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How it ended with a lead. */
@Entity({ name: 'ls_outcomes' })
@Index('ls_outcomes_row_key', ['workspaceId', 'rowKey'], { unique: true })
@Index('ls_outcomes_lead', ['workspaceId', 'leadId', 'at', 'id'])
@Index('ls_outcomes_import', ['workspaceId', 'importId'])
export class OutcomeEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'rowKey', type: 'text' })
  rowKey!: string;

  @Column({ name: 'leadId', type: 'text' })
  leadId!: string;

  @Column({ name: 'outcome', type: 'text' })
  outcome!: string;

  @Column({ name: 'at', type: 'bigint' })
  at!: number;

  @Column({ name: 'amount', type: 'double precision', nullable: true })
  amount!: number | null;

  @Column({ name: 'importId', type: 'text', nullable: true })
  importId!: string | null;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;
}
