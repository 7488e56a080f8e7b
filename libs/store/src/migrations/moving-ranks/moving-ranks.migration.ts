import { TableColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { real } from '../column.builders';

/** Ranks that move between two changes of a lead, as under a linear decay. */
export class MovingRanks1764633600000 implements MigrationInterface {
  readonly name = 'MovingRanks1764633600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('ls_profiles', new TableColumn(real('engagementSlope', { default: '0' })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('ls_profiles', 'engagementSlope');
  }
}
