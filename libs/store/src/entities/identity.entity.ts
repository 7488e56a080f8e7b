import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A way to recognise a lead. */
@Entity({ name: 'ls_identities' })
@Index('ls_identities_lead_id', ['workspaceId', 'leadId'])
export class IdentityEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'kind', type: 'text' })
  kind!: string;

  @PrimaryColumn({ name: 'value', type: 'text' })
  value!: string;

  @Column({ name: 'leadId', type: 'text' })
  leadId!: string;
}
