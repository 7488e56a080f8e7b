import { Table, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importTables } from './import.tables';

const accountIndex = {
  name: 'ls_events_account',
  columnNames: ['workspaceId', 'accountId'],
  where: `"type" IN ('group', 'identify') AND "accountId" IS NOT NULL`,
};

/** Files that are imported, what they brought, and how deals ended. */
export class Imports1764979200000 implements MigrationInterface {
  readonly name = 'Imports1764979200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of importTables) await runner.createTable(new Table(table));
    await runner.createIndex('ls_events', new TableIndex(accountIndex));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('ls_events', accountIndex.name);
    for (const table of [...importTables].reverse()) await runner.dropTable(table.name);
  }
}
