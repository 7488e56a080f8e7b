import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, text } from '../column.builders';

const columns = [
  instant('lastReceivedAt', { isNullable: true }),
  instant('lastRefusedAt', { isNullable: true }),
  text('lastRefusal', { isNullable: true }),
];

/** When a source last called, and why its last refused call was. */
export class SourceCalls1765238400000 implements MigrationInterface {
  readonly name = 'SourceCalls1765238400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of columns) await runner.addColumn('ls_sources', new TableColumn(column));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of columns) await runner.dropColumn('ls_sources', name);
  }
}
