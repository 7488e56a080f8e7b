import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A crossing in a lead's history. */
@Entity({ name: 'ls_changes' })
@Index('ls_changes_lead', ['workspaceId', 'leadId', 'at', 'id'])
export class ChangeEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'leadId', type: 'text' })
  leadId!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'at', type: 'bigint' })
  at!: number;

  @Column({ name: 'detail', type: 'text' })
  detail!: string;
}
