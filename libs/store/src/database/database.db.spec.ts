import { once } from 'node:events';
import { copyFile, mkdtemp, open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import SqliteFile from 'better-sqlite3';
import { newId } from '../id.generator';
import { LeadStore } from '../stores/lead.store';
import { WorkspaceStore } from '../stores/workspace.store';
import { aLead, NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { migrations } from '../migrations/migration.registry';
import { Database } from './database';
import { savepoint } from './savepoint';
import type { Sql } from './sql';

const addWorkspace = (sql: Sql, name: string): Promise<void> =>
  new WorkspaceStore().insert(sql, { id: newId(NOON), name, timezone: 'UTC', isDemo: false, createdAt: NOON });

const names = async (sql: Sql): Promise<string[]> => (await new WorkspaceStore().list(sql)).map(({ name }) => name);

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: { code?: unknown }) => error.code,
  );

describe('the database', () => {
  let temporary: TemporaryDatabase;
  let db: Database;

  beforeEach(async () => {
    temporary = await temporaryDatabase();
    db = temporary.db;
  });
  afterEach(() => temporary.remove());

  it('loses no acknowledged row and shows no unfinished one while transactions fail all around (F1)', async () => {
    const acknowledged: string[] = [];
    const dirty: string[] = [];
    const transact = async (index: number): Promise<void> => {
      const pair = [`pair-${index}-a`, `pair-${index}-b`];
      await db.write(async (sql) => {
        for (const name of pair) {
          await addWorkspace(sql, name);
          await nextTurn();
        }
        if (index % 3 === 0) throw new Error('changed my mind');
      });
      acknowledged.push(...pair);
    };
    const insert = async (index: number): Promise<void> => {
      await db.write((sql) => addWorkspace(sql, `single-${index}`));
      acknowledged.push(`single-${index}`);
    };
    const look = async (): Promise<void> => {
      const seen = new Set(await names(db.read));
      for (const name of seen) {
        const twin = name.replace(/-a$/, '-b');
        if (name.startsWith('pair-') && (!seen.has(twin) || Number(name.split('-')[1]) % 3 === 0)) dirty.push(name);
      }
    };
    const work = Array.from({ length: 300 }, (_, index) => [
      transact(index),
      insert(index),
      ...(index % 3 === 0 ? [look()] : []),
    ]).flat();
    const failed = (await Promise.allSettled(work)).filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(100);
    expect(dirty).toEqual([]);
    expect((await names(db.read)).sort()).toEqual(acknowledged.sort());
    expect(acknowledged).toHaveLength(700);
  });

  it('lets others go on between one write and the next', async () => {
    let turns = 0;
    const look = (): void => {
      turns += 1;
      timer = setImmediate(look);
    };
    let timer = setImmediate(look);
    for (let index = 0; index < 20; index += 1) await db.write((sql) => addWorkspace(sql, `row-${index}`));
    clearImmediate(timer);
    expect(turns).toBeGreaterThanOrEqual(19);
    expect(await names(db.read)).toHaveLength(20);
  });

  it('lets a crowd of callers in while a long write is under way', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    let callers = 0;
    server.on('connection', () => (callers += 1));
    const { port } = server.address() as AddressInfo;
    const crowd = await db.write(async (sql) => {
      const sockets = Array.from({ length: 40 }, () => connect(port, '127.0.0.1'));
      for (let index = 0; callers < 40 && index < 30; index += 1) {
        const until = performance.now() + 30;
        while (performance.now() < until);
        await addWorkspace(sql, `row-${index}`);
      }
      expect(callers).toBe(40);
      return sockets;
    });
    for (const socket of crowd) socket.destroy();
    server.close();
  });

  it('has synchronous = FULL on both connections, after a write as well as after reopening (F2)', async () => {
    await db.write((sql) => addWorkspace(sql, 'one'));
    expect(await db.health()).toMatchObject({
      isHealthy: true,
      synchronous: { writer: 2, reader: 2 },
      journalMode: 'wal',
      secureDelete: true,
      foreignKeys: true,
      fault: null,
    });
    await db.close();
    db = await Database.open({ url: `sqlite:${temporary.path}` });
    await db.write((sql) => addWorkspace(sql, 'two'));
    expect((await db.health()).synchronous).toEqual({ writer: 2, reader: 2 });
    await db.close();
  });

  it('works off writes in the order in which they were asked for', async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db.write(async () => {
          await pause((20 - index) % 3);
          order.push(index);
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('cannot be written through the reading connection', async () => {
    expect(await codeOf(addWorkspace(db.read, 'sneaky'))).toBe('statement_failed');
    expect(await names(db.read)).toEqual([]);
  });

  it('refuses a statement of a transaction that is over', async () => {
    const leaked = await db.write((sql) => Promise.resolve(sql));
    expect(await codeOf(addWorkspace(leaked, 'late'))).toBe('transaction_over');
  });

  it('undoes a part of a transaction on its own', async () => {
    await db.write(async (sql) => {
      await addWorkspace(sql, 'kept');
      const failing = savepoint(sql, async () => {
        await addWorkspace(sql, 'dropped');
        throw new Error('bad row');
      });
      await expect(failing).rejects.toThrow('bad row');
      await savepoint(sql, () => addWorkspace(sql, 'kept too'));
    });
    expect((await names(db.read)).sort()).toEqual(['kept', 'kept too']);
  });

  it('hides the parameters of a failing statement from whoever logs the error', async () => {
    const row = { id: newId(NOON), name: 'canary@example.com', timezone: 'UTC', isDemo: false, createdAt: NOON };
    const twice = db.write(async (sql) => {
      await new WorkspaceStore().insert(sql, row);
      await new WorkspaceStore().insert(sql, row);
    });
    const error = await twice.catch((reason: Error) => reason);
    expect(error).toMatchObject({ name: 'BugError', code: 'statement_failed' });
    expect(JSON.stringify([error, { ...(error as Error) }, String((error as Error).cause)])).not.toContain('canary');
  });

  it('takes no write after it was closed', async () => {
    await db.close();
    expect(await codeOf(db.write((sql) => addWorkspace(sql, 'late')))).toBe('database_closed');
  });

  it('leaves nothing of a deleted row in its files after a checkpoint (F16)', async () => {
    const lead = aLead({ email: 'canary-7f3a@example.com' });
    await db.write((sql) => new LeadStore().insertMany(sql, 'w', [lead]));
    await db.write((sql) => sql.query('DELETE FROM "ls_leads" WHERE "id" = ?', [lead.id]));
    await db.checkpoint();
    const folder = dirname(temporary.path);
    for (const file of await readdir(folder)) {
      expect((await readFile(join(folder, file))).includes('canary-7f3a')).toBe(false);
    }
  });
});

describe('opening a database', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekindle-store-'));
    path = join(folder, 'deep', 'down', 'rekindle.db');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const create = async (): Promise<void> => {
    const db = await Database.open({ url: `sqlite:${path}` });
    await db.write((sql) => addWorkspace(sql, 'kept'));
    await db.close();
  };

  it('creates the folder and the file, and finds its rows again', async () => {
    await create();
    const db = await Database.open({ url: path });
    expect(await names(db.read)).toEqual(['kept']);
    await db.close();
    expect(await readdir(dirname(path))).toEqual(['rekindle.db']);
  });

  it('applies each migration once however many open it at the same time (F7, P12)', async () => {
    const opened = await Promise.all(Array.from({ length: 10 }, () => Database.open({ url: path })));
    for (const db of opened) expect((await db.health()).isHealthy).toBe(true);
    const rows = await opened[0]?.read.query<{ name: string }>('SELECT "name" FROM "ls_migrations"');
    expect(rows).toHaveLength(migrations.length);
    for (const db of opened) await db.close();
  });

  it('opens while another process is writing for longer than a moment (P12)', async () => {
    await create();
    const other = new SqliteFile(path);
    other.exec('BEGIN IMMEDIATE');
    const opening = Database.open({ url: path });
    await pause(700);
    other.exec('COMMIT');
    other.close();
    const db = await opening;
    expect(await names(db.read)).toEqual(['kept']);
    await db.close();
  });

  it('lets two processes worth of writers take turns instead of failing (F9)', async () => {
    const first = await Database.open({ url: path });
    const second = await Database.open({ url: path });
    const adds = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? first : second).write(async (sql) => {
        const seen = await names(sql);
        await nextTurn();
        await addWorkspace(sql, `after ${seen.length}`);
      }),
    );
    await Promise.all(adds);
    expect(new Set(await names(first.read)).size).toBe(20);
    await first.close();
    await second.close();
  });

  it('refuses an empty file unless told to adopt it (F17)', async () => {
    await create();
    await writeFile(path, '');
    expect(await codeOf(Database.open({ url: path }))).toBe('database_empty');
    expect((await stat(path)).size).toBe(0);
    const db = await Database.open({ url: path, adopt: true });
    expect((await db.health()).isHealthy).toBe(true);
    await db.close();
  });

  it('refuses a missing file whose write-ahead log is still there', async () => {
    await create();
    await rm(path);
    await writeFile(`${path}-wal`, 'the only copy of acknowledged rows');
    expect(await codeOf(Database.open({ url: path }))).toBe('database_missing');
  });

  it('refuses a file of somebody else unless told to adopt it', async () => {
    path = join(folder, 'crm.db');
    const other = new SqliteFile(path);
    other.exec('CREATE TABLE customers (id TEXT)');
    other.close();
    expect(await codeOf(Database.open({ url: path }))).toBe('database_foreign');
    const db = await Database.open({ url: path, adopt: true });
    expect((await db.health()).isHealthy).toBe(true);
    await db.close();
  });

  it('refuses a file that is not a database, and one with an overwritten page (F17)', async () => {
    await create();
    const damaged = join(folder, 'damaged.db');
    await copyFile(path, damaged);
    const handle = await open(damaged, 'r+');
    const { size } = await handle.stat();
    for (let page = 1; page < size / 4096; page += 2)
      await handle.write(Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
    await handle.close();
    expect(await codeOf(Database.open({ url: damaged }))).toBe('database_damaged');
    await writeFile(damaged, 'this is a shopping list, not a database, and long enough to look at. '.repeat(100));
    expect(await codeOf(Database.open({ url: damaged }))).toBe('database_damaged');
  });

  it('stops writing at the first sign of damage and says so once (F17)', async () => {
    const faults: string[] = [];
    await create();
    const db = await Database.open({ url: path, onFault: ({ code }) => faults.push(code) });
    await db.checkpoint();
    const handle = await open(path, 'r+');
    const { size } = await handle.stat();
    for (let page = 1; page < size / 4096; page += 1)
      await handle.write(Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
    await handle.close();
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await codeOf(db.read.query('SELECT * FROM "ls_events"'))).toBe('database_damaged');
    }
    expect(faults).toHaveLength(1);
    expect(db.fault?.code).toMatch(/^SQLITE_CORRUPT/);
    expect(await codeOf(db.write((sql) => addWorkspace(sql, 'lost')))).toBe('database_read_only');
    expect(await db.health()).toMatchObject({ isHealthy: false, fault: { code: db.fault?.code } });
    await db.close();
  });

  it('refuses to work on an older schema when it may not migrate', async () => {
    expect(await codeOf(Database.open({ url: path, migrate: false }))).toBe('schema_outdated');
    await create();
    const db = await Database.open({ url: path, migrate: false });
    expect((await db.health()).migrations.pending).toEqual([]);
    await db.close();
  });

  it('refuses a schema that a newer version wrote (P12)', async () => {
    await create();
    const file = new SqliteFile(path);
    file.prepare('INSERT INTO "ls_migrations" ("timestamp", "name") VALUES (?, ?)').run(9e12, 'Later9000000000000');
    file.close();
    expect(await codeOf(Database.open({ url: path }))).toBe('schema_newer');
  });

  it('refuses what is not a file', async () => {
    expect(await codeOf(Database.open({ url: 'sqlite::memory:' }))).toBe('unsupported_database');
    expect(await codeOf(Database.open({ url: 'postgres://localhost/rekindle' }))).toBe('unsupported_database');
  });
});
