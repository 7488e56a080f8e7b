import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A place that sends signals: a provider's webhook. */
@Entity({ name: 'ls_sources' })
@Index('ls_sources_id', ['id'], { unique: true })
export class SourceEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'key', type: 'text' })
  key!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'settings', type: 'text' })
  settings!: string;

  @Column({ name: 'sealedSecret', type: 'text', nullable: true })
  sealedSecret!: string | null;

  @Column({ name: 'isEnabled', type: 'integer' })
  isEnabled!: number;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;

  @Column({ name: 'lastReceivedAt', type: 'bigint', nullable: true })
  lastReceivedAt!: number | null;

  @Column({ name: 'lastRefusedAt', type: 'bigint', nullable: true })
  lastRefusedAt!: number | null;

  @Column({ name: 'lastRefusal', type: 'text', nullable: true })
  lastRefusal!: string | null;
}
