import { Table, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { instant, text, whole } from '../column.builders';

const tables: TableOptions[] = [
  {
    name: 'ls_sources',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('id', { isPrimary: true }),
      text('key'),
      text('name'),
      text('settings'),
      text('sealedSecret', { isNullable: true }),
      whole('isEnabled'),
      instant('createdAt'),
      instant('updatedAt'),
    ],
    indices: [{ name: 'ls_sources_id', columnNames: ['id'], isUnique: true }],
  },
  {
    name: 'ls_source_receipts',
    columns: [
      text('workspaceId', { isPrimary: true }),
      text('sourceId', { isPrimary: true }),
      text('token', { isPrimary: true }),
      text('bodyHash'),
      instant('receivedAt'),
    ],
    indices: [{ name: 'ls_source_receipts_received', columnNames: ['workspaceId', 'receivedAt'] }],
  },
];

const messageIdIndex = { name: 'ls_messages_message_id', columnNames: ['workspaceId', 'messageIdHeader'] };

/** Places that send signals, their one-time tokens, and mails found again by their Message-ID. */
export class Sources1764720000000 implements MigrationInterface {
  readonly name = 'Sources1764720000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(new Table(table));
    await runner.createIndex('ls_messages', new TableIndex(messageIdIndex));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('ls_messages', messageIdIndex.name);
    for (const table of [...tables].reverse()) await runner.dropTable(table.name);
  }
}
