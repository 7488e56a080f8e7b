import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A tenant. */
@Entity({ name: 'ls_workspaces' })
export class WorkspaceEntity {
  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'timezone', type: 'text' })
  timezone!: string;

  @Column({ name: 'isDemo', type: 'integer' })
  isDemo!: number;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;
}
