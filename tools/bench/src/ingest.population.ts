import { Database } from '@rekindle/store';
import { startProduct } from './ingest.target';
import { load } from './load.client';

/** What the lead has done whose state all others start with. */
const EVENTS_OF_FIRST = 40;

const idOf = `printf('01900000-0000-7000-8000-%012x', n)`;
const numbers = 'WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ? - 1)';

/** Copies of the first lead as the product itself stored it, ranks apart; `lead-0` to `lead-<leads − 1>` by user id. */
const copies = [
  `${numbers} INSERT INTO "ls_leads" ("workspaceId","id","userId","email","name","traits","searchText","createdAt","updatedAt")
   SELECT "workspaceId", ${idOf}, 'lead-' || n, NULL, NULL, "traits", 'lead-' || n, "createdAt", "updatedAt" FROM counter, "ls_leads"
   WHERE "userId" = 'lead-0'`,
  `${numbers} INSERT INTO "ls_identities" ("workspaceId","kind","value","leadId")
   SELECT "workspaceId", "kind", 'lead-' || n, ${idOf} FROM counter, "ls_identities" WHERE "kind" = 'user' AND "value" = 'lead-0'`,
  `${numbers} INSERT INTO "ls_profiles"
   ("workspaceId","leadId","state","engagementRank","fitScore","fitGrade","usageTier","lastActivityAt","nextDueAt","modelVersion","updatedAt")
   SELECT "workspaceId", ${idOf}, "state", "engagementRank" * (1 + n % 1009 / 1009.0), "fitScore", "fitGrade", "usageTier",
   "lastActivityAt", "nextDueAt" + n % 86400000, "modelVersion", "updatedAt" FROM counter,
   (SELECT * FROM "ls_profiles" LIMIT 1)`,
];

/** A database that holds so many leads, with one workspace that the product's keys open. */
export async function layDown(path: string, leads: number): Promise<void> {
  const product = await startProduct(path);
  const lane = { url: product.url, writeKey: product.writeKey, connections: 1, batchSize: EVENTS_OF_FIRST };
  await load({ ...lane, leads: 1, runName: 'first', until: { events: EVENTS_OF_FIRST } });
  await product.stop();
  const database = await Database.open({ url: `sqlite:${path}` });
  await database.write(async (sql) => {
    for (const copy of copies) await sql.query(copy, [leads]);
  });
  await database.checkpoint();
  await database.close();
}
