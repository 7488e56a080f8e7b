import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A person who signs in. */
@Entity({ name: 'ls_users' })
@Index('ls_users_workspace_email', ['workspaceId', 'email'], { unique: true })
@Index('ls_users_email', ['email'])
export class UserEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'email', type: 'text' })
  email!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'passwordHash', type: 'text' })
  passwordHash!: string;

  @Column({ name: 'role', type: 'text' })
  role!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;
}
