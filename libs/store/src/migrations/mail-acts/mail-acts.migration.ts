import { TableColumn, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { text } from '../column.builders';

const index = {
  name: 'ls_events_mail',
  columnNames: ['workspaceId', 'leadId', 'mailKey', 'at', 'id'],
  where: '"mailKey" IS NOT NULL',
};

/** Which mail a stored open or click was on, so that acts on the same mail are found by it. */
export class MailActs1765584000000 implements MigrationInterface {
  readonly name = 'MailActs1765584000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('ls_events', new TableColumn(text('mailKey', { isNullable: true })));
    await runner.query(
      `UPDATE "ls_events" SET "mailKey" = "payload"->'act'->>'mailKey' WHERE "payload" LIKE '%"mailKey":%'`,
    );
    await runner.createIndex('ls_events', new TableIndex(index));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('ls_events', index.name);
    await runner.dropColumn('ls_events', 'mailKey');
  }
}
