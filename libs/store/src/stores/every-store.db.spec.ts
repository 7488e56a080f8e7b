import type { Sql } from '../database/sql';
import { entities } from '../entities/entity.registry';
import { newId } from '../id.generator';
import { NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { boundCalls, crossingCalls, insertCalls } from './store.calls.fixture';
import { seedIds, seedWorkspace, stores } from './store.seed.fixture';
import type { SeedIds } from './store.seed.fixture';

const rolledBack = new Error('rolled back');

const tables = async (sql: Sql): Promise<string[]> => {
  const rows = await sql.query<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'ls_%' AND name <> 'ls_migrations'`,
  );
  return rows.map(({ name }) => name);
};

const rowsOf = async (sql: Sql, workspaceId: string): Promise<Record<string, unknown[]>> => {
  const found: Record<string, unknown[]> = {};
  for (const table of await tables(sql)) {
    const column = table === 'ls_workspaces' ? 'id' : 'workspaceId';
    found[table] = await sql.query(`SELECT * FROM "${table}" WHERE "${column}" = ? ORDER BY 1, 2, 3`, [workspaceId]);
  }
  return found;
};

const isNothing = (answer: unknown): boolean => {
  if (answer instanceof Map || answer instanceof Set) return answer.size === 0;
  if (Array.isArray(answer)) return answer.length === 0;
  if (typeof answer === 'object' && answer !== null) {
    return 'items' in answer ? isNothing(answer.items) : Object.keys(answer).length === 0;
  }
  return answer === null || answer === false || answer === 0 || answer === undefined;
};

describe('every store', () => {
  let temporary: TemporaryDatabase;
  let seed: SeedIds;
  let own: Record<string, unknown[]>;
  const stranger = newId(NOON);

  beforeAll(async () => {
    temporary = await temporaryDatabase();
    seed = seedIds();
    await temporary.db.write(async (sql) => {
      await seedWorkspace(sql, seed);
      const W2 = { id: stranger, name: 'W2', timezone: 'UTC', isDemo: false, createdAt: NOON };
      await stores.workspace.insert(sql, W2);
    });
    own = await rowsOf(temporary.db.read, seed.workspace);
  });
  afterAll(() => temporary.remove());

  /** Runs in a transaction that is undone, so that calls do not meet each other's effects. */
  const attempt = async (work: (sql: Sql) => Promise<void>): Promise<void> => {
    const attempted = temporary.db.write(async (sql) => {
      await work(sql);
      throw rolledBack;
    });
    await expect(attempted).rejects.toBe(rolledBack);
  };

  it('has a row of every table in these tests, and every method of every store', () => {
    for (const [table, rows] of Object.entries(own)) expect([table, rows.length]).not.toEqual([table, 0]);
    expect(Object.keys(own)).toHaveLength(entities.length);
    const called = [boundCalls, insertCalls, crossingCalls].flatMap((calls) => Object.keys(calls));
    const covered = new Set(called.map((name) => name.split(' ')[0]));
    const privates = ['close', 'end', 'byColumn', 'byPriority', 'unranked', 'items', 'constructor'];
    const methods = Object.entries(stores).flatMap(([store, instance]) =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(instance))
        .filter((method) => !privates.includes(method))
        .map((method) => `${store}.${method}`),
    );
    expect(methods.filter((method) => !covered.has(method))).toEqual([]);
  });

  it.each(Object.keys(boundCalls))('%s finds and changes nothing of another workspace', async (name) => {
    await attempt(async (sql) => {
      const answer = await boundCalls[name]?.(sql, stranger, seed);
      expect({ answer, isNothing: isNothing(answer) }).toEqual({ answer, isNothing: true });
      expect(await rowsOf(sql, seed.workspace)).toEqual(own);
    });
  });

  it.each(Object.keys(insertCalls))('%s under the ids of another workspace leaves that one as it is', async (name) => {
    await attempt(async (sql) => {
      await insertCalls[name]?.(sql, stranger, seed);
      expect(await rowsOf(sql, seed.workspace)).toEqual(own);
    });
  });

  it('answers something of its own workspace wherever it answers nothing to others', async () => {
    const silent: string[] = [];
    for (const [name, call] of Object.entries(boundCalls)) {
      await attempt(async (sql) => {
        const before = JSON.stringify(await rowsOf(sql, seed.workspace));
        const answer = await call(sql, seed.workspace, seed);
        if (isNothing(answer) && JSON.stringify(await rowsOf(sql, seed.workspace)) === before) silent.push(name);
      });
    }
    // These need another state of the row; their own stories show that they work.
    expect(silent.sort()).toEqual([
      'enrolment.complete',
      'message.markSent',
      'message.markUncertain',
      'message.resolveUncertain',
    ]);
  });

  it('reaches its rows by an index that goes deeper than the workspace', async () => {
    const plans = new Map<string, string[]>();
    const spying = (sql: Sql): Sql => {
      const explain = async (statement: string): Promise<void> => {
        const parameters = Array.from({ length: statement.split('?').length - 1 }, () => null);
        const rows = await sql.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`, parameters);
        plans.set(
          statement,
          rows.map(({ detail }) => detail),
        );
      };
      return {
        dialect: sql.dialect,
        query: async (statement, parameters) => {
          await explain(statement);
          return sql.query(statement, parameters);
        },
        runEach: async (statement, rows) => {
          await explain(statement);
          return sql.runEach(statement, rows);
        },
      };
    };
    for (const call of Object.values({ ...boundCalls, ...crossingCalls })) {
      await attempt(async (sql) => {
        await call(spying(sql), seed.workspace, seed);
      });
    }
    const isShallow = (detail: string): boolean =>
      /^SCAN (?!json_each|rows|wanted|buckets|CONSTANT)/.test(detail) || /\(workspaceId=\?\)/.test(detail);
    const shallow = [...plans].filter(([, details]) => details.some(isShallow)).map(([statement]) => statement);
    // What reads a whole workspace on purpose: short tables, exact counts, and lists in the order of an index.
    const onPurpose =
      /COUNT\(\*\)|FROM "ls_(workspaces|write_keys|api_keys|users|rules|sequences|models|sources)"|"ls_leads" WHERE .*"owner" IS NOT NULL|ORDER BY (alerts|mails)\.|ORDER BY "(receivedAt|createdAt)" DESC|"ls_outbox" WHERE "workspaceId" = \? GROUP BY/;
    expect(shallow.filter((statement) => !onPurpose.test(statement))).toEqual([]);
    const sorted = [...plans].filter(([statement]) =>
      /ORDER BY (alerts|mails)\.|ORDER BY "(receivedAt|createdAt)" DESC/.test(statement),
    );
    expect(sorted.flatMap(([, details]) => details).filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
  });
});
