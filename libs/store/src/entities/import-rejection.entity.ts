import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of a file that was refused. */
@Entity({ name: 'ls_import_rejections' })
export class ImportRejectionEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'importId', type: 'text' })
  importId!: string;

  @PrimaryColumn({ name: 'line', type: 'integer' })
  line!: number;

  @Column({ name: 'code', type: 'text' })
  code!: string;

  @Column({ name: 'reason', type: 'text' })
  reason!: string;

  @Column({ name: 'record', type: 'text' })
  record!: string;
}
