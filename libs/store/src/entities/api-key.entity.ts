import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A key that may call the management API. */
@Entity({ name: 'ls_api_keys' })
@Index('ls_api_keys_key_hash', ['keyHash'], { unique: true })
export class ApiKeyEntity {
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

  @Column({ name: 'scopes', type: 'text' })
  scopes!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'revokedAt', type: 'bigint', nullable: true })
  revokedAt!: number | null;
}
