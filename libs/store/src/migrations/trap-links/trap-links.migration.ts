import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { whole } from '../column.builders';

/** Links of mails that people do not see. */
export class TrapLinks1765152000000 implements MigrationInterface {
  readonly name = 'TrapLinks1765152000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('ls_links', new TableColumn(whole('isTrap', { default: '0' })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('ls_links', 'isTrap');
  }
}
