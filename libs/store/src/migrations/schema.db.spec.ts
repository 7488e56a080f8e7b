import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { entities } from '../entities/entity.registry';
import { temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';

interface SchemaObject {
  type: string;
  name: string;
  table: string;
  sql: string;
}

const schemaOf = (path: string): SchemaObject[] => {
  const file = new SqliteFile(path, { readonly: true });
  const found = file
    .prepare<[], SchemaObject>(
      `SELECT type, name, tbl_name AS "table", sql FROM sqlite_master
       WHERE name LIKE 'ls_%' AND name <> 'ls_migrations' ORDER BY type, name`,
    )
    .all();
  file.close();
  return found;
};

describe('the schema', () => {
  let temporary: TemporaryDatabase;
  let migrated: SchemaObject[];

  beforeAll(async () => {
    temporary = await temporaryDatabase();
    migrated = schemaOf(temporary.path);
  });
  afterAll(() => temporary.remove());

  it('that the migrations build is the one the entities describe', async () => {
    const path = join(temporary.path, '..', 'entities.db');
    const source = await new DataSource({ type: 'better-sqlite3', database: path, entities }).initialize();
    const schema = source.driver.createSchemaBuilder();
    await schema.build();
    await source.destroy();
    expect(migrated).toEqual(schemaOf(path));
    expect(migrated.filter(({ type }) => type === 'table')).toHaveLength(entities.length);
  });

  it('leaves TypeORM nothing to change', async () => {
    const source = await new DataSource({ type: 'better-sqlite3', database: temporary.path, entities }).initialize();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('has the workspace in every key but those by which a credential is found', () => {
    const secrets = ['ls_write_keys_key_hash', 'ls_api_keys_key_hash', 'ls_sessions_token_hash', 'ls_sources_id'];
    const keys = migrated.filter(({ type, sql }) => type === 'index' && sql.startsWith('CREATE UNIQUE'));
    expect(
      keys
        .filter(({ sql }) => !sql.includes('("workspaceId"'))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(secrets.sort());
    for (const { name, sql } of migrated.filter(({ type }) => type === 'table')) {
      if (name !== 'ls_workspaces') expect(sql).toContain('PRIMARY KEY ("workspaceId", ');
    }
  });
});
