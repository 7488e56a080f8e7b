import type { Sql } from '../database/sql';
import { NOON } from '../store.fixture';
import { ImportEventStore } from './import-event.store';
import { ImportRejectionStore } from './import-rejection.store';
import { ImportStore } from './import.store';
import type { ImportLease, ImportRow } from './import.store';
import { OutcomeStore } from './outcome.store';

/** The stores of imports and of what they bring. */
export const importStores = {
  import: new ImportStore(),
  importEvent: new ImportEventStore(),
  importRejection: new ImportRejectionStore(),
  outcome: new OutcomeStore(),
};

interface Seed {
  workspace: string;
  lead: string;
  other: string;
  event: string;
  import: string;
}
type Call = (sql: Sql, workspaceId: string, seed: Seed) => Promise<unknown>;

const now = NOON + 1;
const counts = { rowsDone: 1, imported: 1, unchanged: 0, skipped: 0, rejected: 0 };

const anImport = (id: string): ImportRow => ({
  id,
  kind: 'leads',
  fileName: 'leads.csv',
  bytes: 9,
  state: 'ready',
  format: {},
  mapping: {},
  finding: null,
  ...counts,
  error: null,
  createdAt: NOON,
  updatedAt: NOON,
  finishedAt: null,
});

const anOutcome = (seed: Seed) => ({
  id: seed.import,
  rowKey: 'k1',
  leadId: seed.lead,
  outcome: 'won' as const,
  at: NOON,
  amount: 5,
  importId: seed.import,
  createdAt: NOON,
});
const rejection = (seed: Seed) => ({ importId: seed.import, line: 2, code: 'no_id', reason: 'No id.', record: {} });
const leaseOf = (workspaceId: string, seed: Seed): ImportLease => ({ ...anImport(seed.import), workspaceId, fence: 0 });

/** One import that brought one event, one outcome and a refused row. */
export const seedImports = async (sql: Sql, seed: Seed): Promise<void> => {
  const { workspace } = seed;
  await importStores.import.insert(sql, workspace, anImport(seed.import));
  await importStores.importEvent.insertMany(sql, workspace, [{ importId: seed.import, eventId: seed.event }]);
  await importStores.importRejection.insertMany(sql, workspace, [rejection(seed)]);
  await importStores.outcome.insertMany(sql, workspace, [anOutcome(seed)]);
};

export const importBoundCalls: Record<string, Call> = {
  'import.byId': (sql, ws, seed) => importStores.import.byId(sql, ws, seed.import),
  'import.list': (sql, ws) => importStores.import.list(sql, ws, { limit: 10 }),
  'import.describe': (sql, ws, seed) =>
    importStores.import.describe(sql, ws, { id: seed.import, kind: 'events', format: {}, mapping: {}, now }),
  'import.begin': (sql, ws, seed) =>
    importStores.import.begin(sql, ws, { id: seed.import, from: ['ready'], to: 'checking', now }),
  'import.progress': (sql, ws, seed) =>
    importStores.import.progress(sql, leaseOf(ws, seed), { ...counts, now, leaseUntil: now }),
  'import.finish': (sql, ws, seed) => importStores.import.finish(sql, leaseOf(ws, seed), { state: 'done', now }),
  'import.release': (sql, ws, seed) => importStores.import.release(sql, leaseOf(ws, seed)),
  'import.discard': (sql, ws, seed) => importStores.import.discard(sql, ws, seed.import),
  'importEvent.some': (sql, ws, seed) => importStores.importEvent.some(sql, ws, seed.import, 5),
  'importEvent.among': (sql, ws, seed) => importStores.importEvent.among(sql, ws, seed.import, [seed.event]),
  'importEvent.messagesAmong': (sql, ws, seed) => importStores.importEvent.messagesAmong(sql, ws, seed.import, ['m1']),
  'importEvent.deleteMany': (sql, ws, seed) => importStores.importEvent.deleteMany(sql, ws, seed.import, [seed.event]),
  'importRejection.after': (sql, ws, seed) =>
    importStores.importRejection.after(sql, ws, seed.import, { line: 0, limit: 5 }),
  'importRejection.deleteAll': (sql, ws, seed) => importStores.importRejection.deleteAll(sql, ws, seed.import),
  'outcome.existing': (sql, ws) => importStores.outcome.existing(sql, ws, ['k1']),
  'outcome.forLead': (sql, ws, seed) => importStores.outcome.forLead(sql, ws, seed.lead),
  'outcome.after': (sql, ws) => importStores.outcome.after(sql, ws, '', 5),
  'outcome.firstOfLeads': (sql, ws) => importStores.outcome.firstOfLeads(sql, ws, { limit: 5 }),
  'outcome.countLeads': (sql, ws) => importStores.outcome.countLeads(sql, ws),
  'outcome.moveToLead': (sql, ws, seed) => importStores.outcome.moveToLead(sql, ws, seed.lead, seed.other),
  'outcome.deleteOfImport': (sql, ws, seed) => importStores.outcome.deleteOfImport(sql, ws, seed.import, 5),
  'outcome.deleteForLeads': (sql, ws, seed) => importStores.outcome.deleteForLeads(sql, ws, [seed.lead]),
};

export const importInsertCalls: Record<string, Call> = {
  'import.insert': (sql, ws, seed) => importStores.import.insert(sql, ws, anImport(seed.import)),
  'importEvent.insertMany': (sql, ws, seed) =>
    importStores.importEvent.insertMany(sql, ws, [{ importId: seed.import, eventId: seed.event }]),
  'importRejection.insertMany': (sql, ws, seed) => importStores.importRejection.insertMany(sql, ws, [rejection(seed)]),
  'outcome.insertMany': (sql, ws, seed) => importStores.outcome.insertMany(sql, ws, [anOutcome(seed)]),
};

export const importCrossingCalls: Record<string, Call> = {
  'import.claim': (sql) => importStores.import.claim(sql, now, 1_000),
};
