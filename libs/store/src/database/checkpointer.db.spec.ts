import { stat, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import SqliteFile from 'better-sqlite3';
import { Checkpointer } from './checkpointer';
import type { Sql } from './sql';
import { temporaryDatabase, type TemporaryDatabase } from '../store.fixture';

const ENOUGH_PAGES = 1_000;

describe('the checkpointer', () => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await temporaryDatabase();
    await temporary.db.write(async (sql) => {
      await sql.query('CREATE TABLE "filler" ("id" INTEGER PRIMARY KEY, "text" TEXT NOT NULL)');
    });
  });
  afterEach(() => temporary.remove());

  /** About 300 pages of the log. */
  const fill = (sql: Sql, round: number): Promise<unknown> =>
    sql.runEach(
      'INSERT INTO "filler" ("id", "text") VALUES (?, ?)',
      Array.from({ length: 300 }, (_, index) => [round * 300 + index, 'x'.repeat(4_000)]),
    );

  const pagesInLogAlone = (): number => {
    const file = new SqliteFile(temporary.path, { readonly: true });
    const [counts] = file.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    file.close();
    return (counts?.log ?? 0) - (counts?.checkpointed ?? 0);
  };

  it('copies the log into the file while the writer goes on, and loses nothing', async () => {
    const seen: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      await temporary.db.write((sql) => fill(sql, round));
      await pause(10);
      seen.push(pagesInLogAlone());
    }
    // 60 × 300 pages were written; the writer by itself begins to copy at 8,000.
    expect(Math.max(...seen)).toBeLessThan(6_000);
    expect(await temporary.db.read.query('SELECT COUNT(*) AS "count" FROM "filler"')).toEqual([{ count: 18_000 }]);
    const deadline = performance.now() + 10_000;
    while (pagesInLogAlone() >= ENOUGH_PAGES && performance.now() < deadline) await pause(20);
    expect(pagesInLogAlone()).toBeLessThan(ENOUGH_PAGES);
    expect(await temporary.db.health()).toMatchObject({ isHealthy: true, synchronous: { writer: 2, reader: 2 } });
  }, 60_000);

  it('stands aside where the log is to be emptied for good', async () => {
    for (let round = 0; round < 20; round += 1) {
      await temporary.db.write((sql) => fill(sql, round));
      if (round % 5 !== 4) continue;
      await temporary.db.checkpoint();
      expect((await stat(`${temporary.path}-wal`)).size).toBe(0);
    }
  }, 60_000);

  it('gives up when it cannot open the file, and says so once', async () => {
    const missing = temporary.path.replace(/\.db$/, '.missing');
    await writeFile(`${missing}-wal`, Buffer.alloc(8 * 1024 * 1024));
    const heard: unknown[] = [];
    const checkpointer = new Checkpointer(missing, (error) => heard.push(error));
    const deadline = performance.now() + 10_000;
    while (heard.length === 0 && performance.now() < deadline) {
      checkpointer.noticeCommit();
      await pause(20);
    }
    checkpointer.noticeCommit();
    await checkpointer.rest();
    expect(heard).toEqual([expect.objectContaining({ code: 'SQLITE_CANTOPEN' })]);
  });

  it('fails no commit where it cannot even look at the log, and says so once', async () => {
    const heard: unknown[] = [];
    const checkpointer = new Checkpointer('x'.repeat(5_000), (error) => heard.push(error));
    for (let commits = 0; commits < 3; commits += 1) checkpointer.noticeCommit();
    await checkpointer.rest();
    expect(heard).toEqual([expect.objectContaining({ code: 'ENAMETOOLONG' })]);
  });
});
