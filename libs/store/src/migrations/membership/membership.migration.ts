import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { text } from '../column.builders';

/** When each trait of a company was said, and when and how a lead was said to belong to one. */
export class Membership1765497600000 implements MigrationInterface {
  readonly name = 'Membership1765497600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('ls_accounts', new TableColumn(text('traitTimes', { isNullable: true })));
    await runner.addColumn('ls_leads', new TableColumn(text('membership', { isNullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('ls_leads', 'membership');
    await runner.dropColumn('ls_accounts', 'traitTimes');
  }
}
