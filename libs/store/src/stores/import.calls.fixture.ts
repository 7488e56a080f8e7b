import { NOON } from '../store.fixture';
import type { ImportLease } from './import.store';
import type { StoreCall } from './store.calls.fixture';
import { aRejection, anImport, anOutcome, importCounts, stores } from './store.seed.fixture';
import type { SeedIds } from './store.seed.fixture';

const now = NOON + 1;

const leaseOf = (workspaceId: string, seed: SeedIds): ImportLease => ({
  ...anImport(seed.import),
  workspaceId,
  fence: 0,
});

export const importBoundCalls: Record<string, StoreCall> = {
  'import.byId': (sql, ws, seed) => stores.import.byId(sql, ws, seed.import),
  'import.list': (sql, ws) => stores.import.list(sql, ws, { limit: 10 }),
  'import.describe': (sql, ws, seed) =>
    stores.import.describe(sql, ws, { id: seed.import, kind: 'events', format: {}, mapping: {}, now }),
  'import.begin': (sql, ws, seed) =>
    stores.import.begin(sql, ws, { id: seed.import, from: ['ready'], to: 'checking', now }),
  'import.progress': (sql, ws, seed) =>
    stores.import.progress(sql, leaseOf(ws, seed), { ...importCounts, now, leaseUntil: now }),
  'import.finish': (sql, ws, seed) => stores.import.finish(sql, leaseOf(ws, seed), { state: 'done', now }),
  'import.release': (sql, ws, seed) => stores.import.release(sql, leaseOf(ws, seed)),
  'import.discard': (sql, ws, seed) => stores.import.discard(sql, ws, seed.import),
  'importEvent.some': (sql, ws, seed) => stores.importEvent.some(sql, ws, seed.import, 5),
  'importEvent.among': (sql, ws, seed) => stores.importEvent.among(sql, ws, seed.import, [seed.event]),
  'importEvent.messagesAmong': (sql, ws, seed) => stores.importEvent.messagesAmong(sql, ws, seed.import, ['m1']),
  'importEvent.deleteMany': (sql, ws, seed) => stores.importEvent.deleteMany(sql, ws, seed.import, [seed.event]),
  'importRejection.after': (sql, ws, seed) => stores.importRejection.after(sql, ws, seed.import, { line: 0, limit: 5 }),
  'importRejection.deleteAll': (sql, ws, seed) => stores.importRejection.deleteAll(sql, ws, seed.import),
  'outcome.existing': (sql, ws) => stores.outcome.existing(sql, ws, ['k1']),
  'outcome.forLead': (sql, ws, seed) => stores.outcome.forLead(sql, ws, seed.lead),
  'outcome.after': (sql, ws) => stores.outcome.after(sql, ws, '', 5),
  'outcome.firstOfLeads': (sql, ws) => stores.outcome.firstOfLeads(sql, ws, { limit: 5 }),
  'outcome.countLeads': (sql, ws) => stores.outcome.countLeads(sql, ws),
  'outcome.moveToLead': (sql, ws, seed) => stores.outcome.moveToLead(sql, ws, seed.lead, seed.other),
  'outcome.deleteOfImport': (sql, ws, seed) => stores.outcome.deleteOfImport(sql, ws, seed.import, 5),
  'outcome.deleteForLeads': (sql, ws, seed) => stores.outcome.deleteForLeads(sql, ws, [seed.lead]),
};

export const importInsertCalls: Record<string, StoreCall> = {
  'import.insert': (sql, ws, seed) => stores.import.insert(sql, ws, anImport(seed.import)),
  'importEvent.insertMany': (sql, ws, seed) =>
    stores.importEvent.insertMany(sql, ws, [{ importId: seed.import, eventId: seed.event }]),
  'importRejection.insertMany': (sql, ws, seed) => stores.importRejection.insertMany(sql, ws, [aRejection(seed)]),
  'outcome.insertMany': (sql, ws, seed) => stores.outcome.insertMany(sql, ws, [anOutcome(seed)]),
};

export const importCrossingCalls: Record<string, StoreCall> = {
  'import.claim': (sql) => stores.import.claim(sql, now, 1_000),
};
