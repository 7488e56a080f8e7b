import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file that is imported. */
@Entity({ name: 'ls_imports' })
@Index('ls_imports_created', ['workspaceId', 'createdAt', 'id'])
@Index('ls_imports_active', ['leaseUntil'], { where: `"state" IN ('checking', 'running', 'undoing')` })
export class ImportEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'fileName', type: 'text' })
  fileName!: string;

  @Column({ name: 'bytes', type: 'bigint' })
  bytes!: number;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'format', type: 'text' })
  format!: string;

  @Column({ name: 'mapping', type: 'text' })
  mapping!: string;

  @Column({ name: 'finding', type: 'text', nullable: true })
  finding!: string | null;

  @Column({ name: 'rowsDone', type: 'integer' })
  rowsDone!: number;

  @Column({ name: 'imported', type: 'integer' })
  imported!: number;

  @Column({ name: 'unchanged', type: 'integer' })
  unchanged!: number;

  @Column({ name: 'skipped', type: 'integer' })
  skipped!: number;

  @Column({ name: 'rejected', type: 'integer' })
  rejected!: number;

  @Column({ name: 'error', type: 'text', nullable: true })
  error!: string | null;

  @Column({ name: 'fence', type: 'integer' })
  fence!: number;

  @Column({ name: 'leaseUntil', type: 'bigint' })
  leaseUntil!: number;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;

  @Column({ name: 'finishedAt', type: 'bigint', nullable: true })
  finishedAt!: number | null;
}
