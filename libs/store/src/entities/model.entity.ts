import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A version of a scoring model. */
@Entity({ name: 'ls_models' })
@Index('ls_models_version', ['workspaceId', 'key', 'version'], { unique: true })
@Index('ls_models_draft', ['workspaceId', 'key'], { unique: true, where: `"status" = 'draft'` })
export class ModelEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'key', type: 'text' })
  key!: string;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'status', type: 'text' })
  status!: string;

  @Column({ name: 'document', type: 'text' })
  document!: string;

  @Column({ name: 'etag', type: 'text' })
  etag!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;

  @Column({ name: 'publishedAt', type: 'bigint', nullable: true })
  publishedAt!: number | null;
}
