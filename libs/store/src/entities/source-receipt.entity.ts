import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A one-time token of a delivery, bound to the bytes it first came with. */
@Entity({ name: 'ls_source_receipts' })
@Index('ls_source_receipts_received', ['workspaceId', 'receivedAt'])
export class SourceReceiptEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'sourceId', type: 'text' })
  sourceId!: string;

  @PrimaryColumn({ name: 'token', type: 'text' })
  token!: string;

  @Column({ name: 'bodyHash', type: 'text' })
  bodyHash!: string;

  @Column({ name: 'receivedAt', type: 'bigint' })
  receivedAt!: number;
}
