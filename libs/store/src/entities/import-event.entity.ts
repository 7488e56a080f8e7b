import { Entity, PrimaryColumn } from 'typeorm';

/** An event that an import brought. */
@Entity({ name: 'ls_import_events' })
export class ImportEventEntity {
  @PrimaryColumn({ name: 'workspaceId', type: 'text' })
  workspaceId!: string;

  @PrimaryColumn({ name: 'importId', type: 'text' })
  importId!: string;

  @PrimaryColumn({ name: 'eventId', type: 'text' })
  eventId!: string;
}
