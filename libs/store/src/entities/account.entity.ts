import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A company. */
@Entity({ name: 'ls_accounts' })
@Index('ls_accounts_group_id', ['workspaceId', 'groupId'], { unique: true })
export class AccountEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'groupId', type: 'text' })
  groupId!: string;

  @Column({ name: 'name', type: 'text', nullable: true })
  name!: string | null;

  @Column({ name: 'domain', type: 'text', nullable: true })
  domain!: string | null;

  @Column({ name: 'traits', type: 'text' })
  traits!: string;

  @Column({ name: 'searchText', type: 'text' })
  searchText!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;

  @Column({ name: 'traitTimes', type: 'text', nullable: true })
  traitTimes!: string | null;
}
