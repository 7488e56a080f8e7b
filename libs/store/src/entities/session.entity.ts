import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A signed-in browser. */
@Entity({ name: 'ls_sessions' })
@Index('ls_sessions_token_hash', ['tokenHash'], { unique: true })
@Index('ls_sessions_expires_at', ['expiresAt'])
export class SessionEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'id', type: 'text' })
  id!: string;

  @Column({ name: 'tokenHash', type: 'text' })
  tokenHash!: string;

  @Column({ name: 'userId', type: 'text' })
  userId!: string;

  @Column({ name: 'createdAt', type: 'bigint' })
  createdAt!: number;

  @Column({ name: 'lastSeenAt', type: 'bigint' })
  lastSeenAt!: number;

  @Column({ name: 'expiresAt', type: 'bigint' })
  expiresAt!: number;
}
