import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Work decided in a transaction, to be done outside it. */
@Entity({ name: 'ls_outbox' })
@Index('ls_outbox_dedupe_key', ['workspaceId', 'dedupeKey'], { unique: true })
@Index('ls_outbox_open', ['nextAttemptAt', 'id'], { where: `"state" IN ('ready', 'leased')` })
export class OutboxEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'dedupeKey', type: 'text' })
  dedupeKey!: string;

  @Column({ name: 'payload', type: 'text' })
  payload!: string;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'fence', type: 'integer' })
  fence!: number;

  @Column({ name: 'leaseUntil', type: 'bigint', nullable: true })
  leaseUntil!: number | null;

  @Column({ name: 'attempts', type: 'integer' })
  attempts!: number;

  @Column({ name: 'nextAttemptAt', type: 'bigint' })
  nextAttemptAt!: number;

  @Column({ name: 'lastError', type: 'text', nullable: true })
  lastError!: string | null;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;
}
