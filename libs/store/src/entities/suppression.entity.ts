import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An address that must not be written to. */
@Entity({ name: 'ls_suppressions' })
export class SuppressionEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'addressHash', type: 'text' })
  addressHash!: string;

  @Column({ name: 'reason', type: 'text' })
  reason!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;
}
