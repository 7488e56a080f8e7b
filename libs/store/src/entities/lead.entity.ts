import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person who may buy. */
@Entity({ name: 'ls_leads' })
@Index('ls_leads_user_id', ['workspaceId', 'userId'])
@Index('ls_leads_account_id', ['workspaceId', 'accountId'])
@Index('ls_leads_owner', ['workspaceId', 'owner'])
@Index('ls_leads_merged_into', ['workspaceId', 'mergedInto'], { where: '"mergedInto" IS NOT NULL' })
export class LeadEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'userId', type: 'text', nullable: true })
  userId!: string | null;

  @Column({ name: 'email', type: 'text', nullable: true })
  email!: string | null;

  @Column({ name: 'name', type: 'text', nullable: true })
  name!: string | null;

  @Column({ name: 'title', type: 'text', nullable: true })
  title!: string | null;

  @Column({ name: 'owner', type: 'text', nullable: true })
  owner!: string | null;

  @Column({ name: 'accountId', type: 'text', nullable: true })
  accountId!: string | null;

  @Column({ name: 'traits', type: 'text' })
  traits!: string;

  @Column({ name: 'mergedInto', type: 'text', nullable: true })
  mergedInto!: string | null;

  @Column({ name: 'searchText', type: 'text' })
  searchText!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;

  @Column({ name: 'traitTimes', type: 'text', nullable: true })
  traitTimes!: string | null;

  @Column({ name: 'membership', type: 'text', nullable: true })
  membership!: string | null;
}
