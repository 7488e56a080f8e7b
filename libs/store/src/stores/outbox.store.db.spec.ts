import { newId } from '../id.generator';
import { NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { OutboxStore } from './outbox.store';
import type { OutboxInsert, OutboxLease } from './outbox.store';

describe('the outbox', () => {
  const outbox = new OutboxStore();
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await temporaryDatabase();
  });
  afterEach(() => temporary.remove());

  const work = (dedupeKey: string, parts: Partial<OutboxInsert> = {}): OutboxInsert => ({
    id: newId(NOON),
    kind: 'sales-alert',
    dedupeKey,
    payload: { leadId: 'l1' },
    createdAt: NOON,
    ...parts,
  });
  const add = (...rows: OutboxInsert[]) => temporary.db.write((sql) => outbox.insertMany(sql, 'w1', rows));
  const lease = (now = NOON, limit = 10) => temporary.db.write((sql) => outbox.lease(sql, now, limit, 30_000));
  const one = async (now = NOON): Promise<OutboxLease> => {
    const [row] = await lease(now);
    if (row === undefined) throw new Error('nothing to do');
    return row;
  };

  it('takes each dedupe key once per workspace, also after the work is done', async () => {
    expect(await add(work('a'), work('b'), work('a'))).toBe(2);
    for (const row of await lease()) await temporary.db.write((sql) => outbox.done(sql, row, NOON));
    expect(await add(work('a'))).toBe(0);
    expect(await temporary.db.write((sql) => outbox.insertMany(sql, 'w2', [work('a')]))).toBe(1);
    expect(await outbox.counts(temporary.db.read, 'w1')).toEqual({ done: 2 });
  });

  it('hands each piece of work to one of many takers', async () => {
    await add(...Array.from({ length: 30 }, (_, index) => work(`k${index}`)));
    const taken = (await Promise.all(Array.from({ length: 8 }, () => lease(NOON, 7)))).flat();
    expect(taken).toHaveLength(30);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(30);
    expect(taken[0]).toMatchObject({ workspaceId: 'w1', kind: 'sales-alert', payload: { leadId: 'l1' }, attempts: 1 });
  });

  it('keeps work until its time', async () => {
    await add(work('later', { notBefore: NOON + 1_000 }));
    expect(await outbox.nextAttemptAt(temporary.db.read)).toBe(NOON + 1_000);
    expect(await lease(NOON + 999)).toEqual([]);
    expect(await lease(NOON + 1_000)).toHaveLength(1);
  });

  it('gives work whose holder died to another one, and the first can no longer close it', async () => {
    await add(work('a'));
    const first = await one();
    expect(await lease(NOON + 29_999)).toEqual([]);
    const second = await one(NOON + 30_000);
    expect(second).toMatchObject({ id: first.id, attempts: 2 });
    expect(await temporary.db.write((sql) => outbox.done(sql, first, NOON + 30_001))).toBe(false);
    expect(await temporary.db.write((sql) => outbox.done(sql, second, NOON + 30_001))).toBe(true);
    expect(await lease(NOON + 99_999)).toEqual([]);
  });

  it('tries again when told to, and gives up when told to', async () => {
    await add(work('a'));
    const again = { error: 'timeout', nextAttemptAt: NOON + 5_000, now: NOON };
    const first = await one();
    expect(await temporary.db.write((sql) => outbox.retry(sql, first, again))).toBe(true);
    expect(await lease(NOON + 4_999)).toEqual([]);
    const second = await one(NOON + 5_000);
    expect(await temporary.db.write((sql) => outbox.fail(sql, second, { error: 'gone', now: NOON + 5_000 }))).toBe(
      true,
    );
    expect(await lease(NOON + 999_999)).toEqual([]);
    expect(await outbox.nextAttemptAt(temporary.db.read)).toBeNull();
    expect(await outbox.counts(temporary.db.read, 'w1')).toEqual({ failed: 1 });
  });

  it('reads only what is open however much was done before', async () => {
    const plan = await temporary.db.read.query<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT "id" FROM "ls_outbox" WHERE "state" IN ('ready', 'leased') AND "nextAttemptAt" <= 1 ` +
        'ORDER BY "nextAttemptAt", "id" LIMIT 10',
    );
    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH ls_outbox USING INDEX ls_outbox_open (nextAttemptAt<?)']);
  });
});
