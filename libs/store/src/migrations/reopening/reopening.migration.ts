import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, text } from '../column.builders';

const columns = [text('endedBy', { isNullable: true }), instant('resumeAt', { isNullable: true })];

/** Which event ended an enrolment and when its next step was due, so that it can be taken up again. */
export class Reopening1765065600000 implements MigrationInterface {
  readonly name = 'Reopening1765065600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of columns) await runner.addColumn('ls_enrolments', new TableColumn(column));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of [...columns].reverse()) await runner.dropColumn('ls_enrolments', name);
  }
}
