import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key that may send events. */
@Entity({ name: 'ls_write_keys' })
@Index('ls_write_keys_key_hash', ['keyHash'], { unique: true })
export class WriteKeyEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'keyHash', type: 'text' })
  keyHash!: string;

  @Column({ name: 'prefix', type: 'text' })
  prefix!: string;

  @Column({ name: 'last4', type: 'text' })
  last4!: string;

  @Column({ name: 'trust', type: 'text' })
  trust!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'revokedAt', type: 'bigint', nullable: true })
  revokedAt!: number | null;
}
