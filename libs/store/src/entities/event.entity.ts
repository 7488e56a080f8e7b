import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A received event. */
@Entity({ name: 'ls_events' })
@Index('ls_events_message_id', ['workspaceId', 'messageId'], { unique: true })
@Index('ls_events_lead', ['workspaceId', 'leadId', 'at', 'id'])
@Index('ls_events_received', ['workspaceId', 'receivedAt', 'id'])
@Index('ls_events_mail', ['workspaceId', 'leadId', 'mailKey', 'at', 'id'], { where: '"mailKey" IS NOT NULL' })
@Index('ls_events_account', ['workspaceId', 'accountId'], {
  where: `"type" IN ('group', 'identify') AND "accountId" IS NOT NULL`,
})
export class EventEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'messageId', type: 'text', nullable: true })
  messageId!: string | null;

  @Column({ name: 'contentHash', type: 'text' })
  contentHash!: string;

  @Column({ name: 'leadId', type: 'text', nullable: true })
  leadId!: string | null;

  @Column({ name: 'accountId', type: 'text', nullable: true })
  accountId!: string | null;

  @Column({ name: 'type', type: 'text', nullable: true })
  type!: string | null;

  @Column({ name: 'name', type: 'text', nullable: true })
  name!: string | null;

  @Column({ name: 'at', type: 'bigint' })
  at!: number;

  @Column({ name: 'timestamp', type: 'bigint', nullable: true })
  timestamp!: number | null;

  @Column({ name: 'receivedAt', type: 'bigint' })
  receivedAt!: number;

  @Column({ name: 'status', type: 'text' })
  status!: string;

  @Column({ name: 'code', type: 'text', nullable: true })
  code!: string | null;

  @Column({ name: 'signal', type: 'text', nullable: true })
  signal!: string | null;

  @Column({ name: 'userId', type: 'text', nullable: true })
  userId!: string | null;

  @Column({ name: 'anonymousId', type: 'text', nullable: true })
  anonymousId!: string | null;

  @Column({ name: 'payload', type: 'text' })
  payload!: string;

  @Column({ name: 'mailKey', type: 'text', nullable: true })
  mailKey!: string | null;
}
