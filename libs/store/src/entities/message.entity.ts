import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mail with frozen content. */
@Entity({ name: 'ls_messages' })
@Index('ls_messages_step', ['workspaceId', 'enrolmentId', 'step'], { unique: true })
@Index('ls_messages_alert', ['workspaceId', 'alertId'], { unique: true })
@Index('ls_messages_message_id', ['workspaceId', 'messageIdHeader'])
@Index('ls_messages_created', ['workspaceId', 'createdAt', 'id'])
@Index('ls_messages_lead', ['workspaceId', 'leadId', 'createdAt', 'id'])
@Index('ls_messages_queued', ['nextAttemptAt', 'id'], { where: `"state" = 'queued'` })
@Index('ls_messages_lease', ['leaseUntil'], { where: '"leaseUntil" IS NOT NULL' })
export class MessageEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'leadId', type: 'text', nullable: true })
  leadId!: string | null;

  @Column({ name: 'enrolmentId', type: 'text', nullable: true })
  enrolmentId!: string | null;

  @Column({ name: 'step', type: 'integer', nullable: true })
  step!: number | null;

  @Column({ name: 'alertId', type: 'text', nullable: true })
  alertId!: string | null;

  @Column({ name: 'template', type: 'text' })
  template!: string;

  @Column({ name: 'toAddress', type: 'text' })
  toAddress!: string;

  @Column({ name: 'addressHash', type: 'text' })
  addressHash!: string;

  @Column({ name: 'subject', type: 'text' })
  subject!: string;

  @Column({ name: 'html', type: 'text' })
  html!: string;

  @Column({ name: 'text', type: 'text' })
  text!: string;

  @Column({ name: 'headers', type: 'text' })
  headers!: string;

  @Column({ name: 'messageIdHeader', type: 'text' })
  messageIdHeader!: string;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'reason', type: 'text', nullable: true })
  reason!: string | null;

  @Column({ name: 'isCaught', type: 'integer', default: 0 })
  isCaught!: number;

  @Column({ name: 'fence', type: 'integer', default: 0 })
  fence!: number;

  @Column({ name: 'leaseUntil', type: 'bigint', nullable: true })
  leaseUntil!: number | null;

  @Column({ name: 'attempts', type: 'integer', default: 0 })
  attempts!: number;

  @Column({ name: 'nextAttemptAt', type: 'bigint' })
  nextAttemptAt!: number;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'updatedAt', type: 'bigint' })
  updatedAt!: number;

  @Column({ name: 'sentAt', type: 'bigint', nullable: true })
  sentAt!: number | null;
}
