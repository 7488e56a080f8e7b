import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { outreachTables } from './outreach.tables';
import { peopleTables } from './people.tables';
import { scoringTables } from './scoring.tables';

const tables = [...peopleTables, ...scoringTables, ...outreachTables];

/** The first schema. Shipped migrations never change; every later change is a migration of its own. */
export class Initial1764547200000 implements MigrationInterface {
  readonly name = 'Initial1764547200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(new Table(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.dropTable(table.name);
  }
}
