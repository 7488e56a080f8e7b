import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { text } from '../column.builders';

/** When each trait of a lead was said, so that what comes late does not overwrite what was said later. */
export class TraitTimes1764892800000 implements MigrationInterface {
  readonly name = 'TraitTimes1764892800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('ls_leads', new TableColumn(text('traitTimes', { isNullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('ls_leads', 'traitTimes');
  }
}
