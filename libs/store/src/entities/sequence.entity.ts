import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A sequence of mails. */
@Entity({ name: 'ls_sequences' })
@Index('ls_sequences_key', ['workspaceId', 'key'], { unique: true })
export class SequenceEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'key', type: 'text' })
  key!: string;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'document', type: 'text' })
  document!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;
}
