import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileModel, DAY_MS, defaultModel, type CompiledModel } from '@rekindle/scoring';
import { emptyLeadState, encodeLeadState } from '@rekindle/rules';
import { Database, LeadListStore, newId, WorkspaceStore, type LeadSort, type Sql } from '@rekindle/store';
import { figure, median, say } from './statistics';

const LEADS = 1_000_000;
const EVENTS = 10_000_000;
const CHUNK = 1_000_000;
const TOP = 100;
const sequence = 'WITH RECURSIVE counter(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM counter WHERE n < ?)';

interface Population {
  workspaceId: string;
  model: CompiledModel;
  now: number;
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Events as narrow as they can be: the peer recomputes from this table, which flatters it. */
async function fillEvents(database: Database, now: number): Promise<void> {
  await database.write((sql) => sql.query('CREATE TABLE "bench_events" ("lead" INTEGER, "weight" REAL, "at" INTEGER)'));
  for (let first = 1; first <= EVENTS; first += CHUNK) {
    await database.write((sql) =>
      sql.query(
        `${sequence} INSERT INTO "bench_events" SELECT abs(random()) % ${LEADS} + 1, abs(random()) % 10 + 1,
         ? - abs(random()) % ? FROM counter`,
        [first, first + CHUNK - 1, now, 400 * DAY_MS],
      ),
    );
  }
}

const rankSum = (instant: string): string => `SUM("weight" * pow(2, ("at" - ${instant}) / CAST(? AS REAL)))`;

async function fillLeads(database: Database, { workspaceId, model, now }: Population): Promise<void> {
  const state = encodeLeadState(emptyLeadState());
  const id = `printf('lead-%07d', "lead")`;
  await database.write(async (sql: Sql) => {
    await sql.query(
      `CREATE TABLE "bench_ranks" AS SELECT "lead", ${rankSum('?')} AS "rank", MAX("at") AS "lastAt"
       FROM "bench_events" GROUP BY "lead"`,
      [model.landmarkMs, model.halfLifeMs],
    );
    await sql.query(
      `INSERT INTO "ls_leads" ("workspaceId","id","userId","email","name","traits","searchText","createdAt","updatedAt")
       SELECT ?, ${id}, "lead", "lead" || '@bench.example', 'Lead ' || "lead", '{}', 'lead ' || "lead", ?, ? FROM "bench_ranks"`,
      [workspaceId, now, now],
    );
    await sql.query(
      `INSERT INTO "ls_profiles" ("workspaceId","leadId","state","engagementRank","fitScore","fitGrade","usageTier","lastActivityAt","modelVersion","updatedAt")
       SELECT ?, ${id}, ?, "rank", "lead" % 101, 'B', 'dormant', "lastAt", 1, ? FROM "bench_ranks"`,
      [workspaceId, state, now],
    );
  });
}

async function measureList(
  database: Database,
  population: Population,
  sort: LeadSort,
): Promise<{ ms: number; ids: string[] }> {
  const store = new LeadListStore();
  const ask = () =>
    store.page(database.read, population.workspaceId, {
      sort,
      limit: TOP,
      now: population.now,
      model: population.model,
    });
  const runs: number[] = [];
  for (let run = 0; run < 15; run += 1) runs.push(await elapsed(ask));
  return { ms: median(runs), ids: (await ask()).items.map(({ lead }) => lead.id) };
}

/** Top 100 of a million leads now, against one SQL recompute over their ten million events. */
export async function benchRank(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-rank-'));
  const database = await Database.open({ url: `sqlite:${join(folder, 'rank.db')}` });
  const now = Date.now();
  const population = { workspaceId: newId(now), model: compileModel(defaultModel, 1), now };
  await database.write((sql) =>
    new WorkspaceStore().insert(sql, {
      id: population.workspaceId,
      name: 'bench',
      timezone: 'UTC',
      isDemo: false,
      createdAt: now,
    }),
  );
  const filledIn = await elapsed(async () => {
    await fillEvents(database, now);
    await fillLeads(database, population);
  });
  say(`rank: ${figure(LEADS)} leads and ${figure(EVENTS)} events laid down in ${figure(filledIn / 1_000)} s`);

  let recomputed: { lead: number }[] = [];
  const recomputes: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const ms = await elapsed(async () => {
      recomputed = await database.read.query(
        `SELECT "lead", ${rankSum('?')} AS "points" FROM "bench_events" GROUP BY "lead" ORDER BY "points" DESC LIMIT ${TOP}`,
        [now, population.model.halfLifeMs],
      );
    });
    recomputes.push(ms);
  }
  const bare: number[] = [];
  for (let run = 0; run < 15; run += 1) {
    const query = `SELECT "leadId", "engagementRank" FROM "ls_profiles" WHERE "workspaceId" = ? ORDER BY "engagementRank" DESC LIMIT ${TOP}`;
    bare.push(await elapsed(() => database.read.query(query, [population.workspaceId])));
  }
  const engagement = await measureList(database, population, '-engagement');
  const priority = await measureList(database, population, '-priority');
  await database.close();
  rmSync(folder, { recursive: true, force: true });

  const expected = recomputed.map(({ lead }) => `lead-${String(lead).padStart(7, '0')}`);
  const isSame = expected.every((id, index) => engagement.ids[index] === id);
  const peer = median(recomputes);
  say(
    `  SQL recompute over all events ${figure(peer)} ms; the same ${TOP} leads in the same order: ${isSame ? 'yes' : 'NO'}`,
  );
  say(`  rank by index ${figure(median(bare))} ms, ${figure(peer / median(bare))} times faster`);
  say(`  whole list page by engagement ${figure(engagement.ms)} ms, ${figure(peer / engagement.ms)} times faster`);
  say(`  whole list page by priority ${figure(priority.ms)} ms, ${figure(peer / priority.ms)} times faster`);
  if (!isSame) process.exitCode = 1;
}
