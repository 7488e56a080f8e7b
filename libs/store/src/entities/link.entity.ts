import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A link of a message. */
@Entity({ name: 'ls_links' })
@Index('ls_links_message', ['workspaceId', 'messageId'])
export class LinkEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'messageId', type: 'text' })
  messageId!: string;

  @Column({ name: 'url', type: 'text' })
  url!: string;

  @Column({ name: 'isTrap', type: 'integer', default: 0 })
  isTrap!: number;
}
