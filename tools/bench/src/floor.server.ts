import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { v7 } from 'uuid';

/**
 * The floor of the ingest benchmark: bare node:http that writes to the product's own tables, through the product's own
 * connection settings, what the product writes for the same events in steady state (one event row with the same
 * columns, one lead-state row of the same size per lead and group), durably, with group commit, and does nothing else:
 * no validation, no look-ups, no scoring, no identity.
 */
const [path = '', stateLength = '0'] = process.argv.slice(2);
const database = new Sqlite(path);
for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON', 'foreign_keys = ON'])
  database.pragma(setting);
for (const setting of [
  'wal_autocheckpoint = 8000',
  'temp_store = MEMORY',
  'cache_size = -65536',
  'journal_size_limit = 67108864',
  'mmap_size = 2147418112',
])
  database.pragma(setting);

const insertEvent = database.prepare(
  `INSERT INTO "ls_events" ("workspaceId","id","messageId","contentHash","leadId","accountId","type","name","at","timestamp","receivedAt","status","code","signal","userId","anonymousId","payload")
   VALUES (?,?,?,?,?,NULL,?,?,?,?,?,'scored',NULL,'page-visit',?,NULL,?)`,
);
const insertState = database.prepare(
  `INSERT INTO "ls_profiles" ("workspaceId","leadId","state","engagementRank","fitScore","fitGrade","usageTier","lastActivityAt","nextDueAt","modelVersion","updatedAt")
   VALUES (?,?,?,?,40,'','active',?,?,1,?)`,
);
const updateState = database.prepare(
  `UPDATE "ls_profiles" SET "state" = ?, "engagementRank" = ?, "lastActivityAt" = ?, "nextDueAt" = ?, "updatedAt" = ?
   WHERE "workspaceId" = ? AND "leadId" = ?`,
);

interface Item {
  type: string;
  messageId: string;
  userId: string;
  event?: string;
  name?: string;
  properties: object;
  context: object;
  timestamp: string;
}

const { workspaceId } = database.prepare('SELECT "id" AS "workspaceId" FROM "ls_workspaces"').get() as {
  workspaceId: string;
};
const known = database.prepare(`SELECT "value", "leadId" FROM "ls_identities" WHERE "kind" = 'user'`).raw().all();
const leadIds = new Map(known as [string, string][]);
const filler = 'x'.repeat(Number(stateLength));
let rank = 1e8;

function storeEvent(item: Item, leadId: string, now: number): void {
  const { type, messageId, userId, context, properties } = item;
  const payload = JSON.stringify({ context, properties });
  const hash = createHash('sha256').update(payload).digest('base64url').slice(0, 32);
  const at = Date.parse(item.timestamp);
  const name = item.event ?? item.name;
  insertEvent.run(workspaceId, v7(), messageId, hash, leadId, type, name, at, at, now, userId, payload);
}

function storeState(leadId: string, isNew: boolean, now: number): void {
  const dueAt = now + Math.floor(Math.random() * 2_592_000_000);
  rank += Math.random();
  if (isNew) insertState.run(workspaceId, leadId, filler, rank, now, dueAt, now);
  else updateState.run(filler, rank * (1 + Math.random()), now, dueAt, now, workspaceId, leadId);
}

const writeGroup = database.transaction((batches: Item[][]) => {
  const now = Date.now();
  const touched = new Map<string, boolean>();
  for (const item of batches.flat()) {
    const stored = leadIds.get(item.userId);
    const leadId = stored ?? v7();
    if (stored === undefined) leadIds.set(item.userId, leadId);
    if (!touched.has(leadId)) touched.set(leadId, stored === undefined);
    storeEvent(item, leadId, now);
  }
  for (const [leadId, isNew] of touched) storeState(leadId, isNew, now);
});

let waiting: { items: Item[]; done: () => void }[] = [];

function flush(): void {
  const group = waiting;
  waiting = [];
  writeGroup.immediate(group.map(({ items }) => items));
  for (const { done } of group) done();
}

function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const { batch } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { batch: Item[] };
    const results = batch.map(({ messageId }, index) => ({ index, messageId, status: 'accepted' }));
    const done = (): void => {
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end(JSON.stringify({ success: true, accepted: batch.length, results }));
    };
    if (waiting.push({ items: batch, done }) === 1) setImmediate(flush);
  });
}

const server = createServer(answer);
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening ${JSON.stringify(server.address())}\n`));
process.on('SIGTERM', () => server.close(() => database.close()));
