import { defaultModel } from '@rekindle/scoring';
import type { Sql } from '../database/sql';
import { newId } from '../id.generator';
import { LeadListStore } from '../lead-list/lead-list.store';
import { aLead, aMessage, anAlert, anEnrolment, anEvent, aProfile, NOON } from '../store.fixture';
import { AccountStore } from './account.store';
import { AlertStore } from './alert.store';
import { ChangeStore } from './change.store';
import { CredentialStore } from './credential.store';
import { EnrolmentStore } from './enrolment.store';
import { EventStore } from './event.store';
import { FiringStore } from './firing.store';
import { IdentityStore } from './identity.store';
import { ImportEventStore } from './import-event.store';
import { ImportRejectionStore } from './import-rejection.store';
import { ImportStore } from './import.store';
import type { ImportRow } from './import.store';
import { LeadStore } from './lead.store';
import { LinkStore } from './link.store';
import { MessageListStore } from './message-list.store';
import { MessageStore } from './message.store';
import { ModelStore } from './model.store';
import { OutboxStore } from './outbox.store';
import { OutcomeStore } from './outcome.store';
import { ProfileStore } from './profile.store';
import { RuleStore } from './rule.store';
import { SequenceStore } from './sequence.store';
import { SessionStore } from './session.store';
import { SourceStore } from './source.store';
import { SuppressionStore } from './suppression.store';
import { UserStore } from './user.store';
import { WorkspaceStore } from './workspace.store';

/** Every store, by the name under which its calls are listed. */
export const stores = {
  account: new AccountStore(),
  alert: new AlertStore(),
  change: new ChangeStore(),
  credential: new CredentialStore(),
  enrolment: new EnrolmentStore(),
  event: new EventStore(),
  firing: new FiringStore(),
  identity: new IdentityStore(),
  import: new ImportStore(),
  importEvent: new ImportEventStore(),
  importRejection: new ImportRejectionStore(),
  lead: new LeadStore(),
  leadList: new LeadListStore(),
  link: new LinkStore(),
  message: new MessageStore(),
  messageList: new MessageListStore(),
  model: new ModelStore(),
  outbox: new OutboxStore(),
  outcome: new OutcomeStore(),
  profile: new ProfileStore(),
  rule: new RuleStore(),
  sequence: new SequenceStore(),
  session: new SessionStore(),
  source: new SourceStore(),
  suppression: new SuppressionStore(),
  user: new UserStore(),
  workspace: new WorkspaceStore(),
};

const ids = [
  'workspace',
  'user',
  'session',
  'writeKey',
  'apiKey',
  'account',
  'lead',
  'other',
  'event',
  'firing',
  'alert',
  'enrolment',
  'message',
  'held',
  'link',
  'source',
  'import',
] as const;

/** The ids of one row of everything. */
export type SeedIds = Record<(typeof ids)[number], string>;

export const seedIds = (): SeedIds => Object.fromEntries(ids.map((name) => [name, newId(NOON)])) as SeedIds;

export const aKey = (id: string, secret: string) => ({
  id,
  name: 'Key',
  keyHash: `${secret}-${id}`,
  prefix: 'wk',
  last4: 'abcd',
  createdAt: NOON,
  revokedAt: null,
});

export const aSource = (id: string) => ({
  id,
  key: 'webhook',
  name: 'Our shop',
  settings: {},
  sealedSecret: 'sealed',
  isEnabled: true,
  lastReceivedAt: null,
  lastRefusedAt: null,
  lastRefusal: null,
  createdAt: NOON,
  updatedAt: NOON,
});

export const receiptOf = (sourceId: string) => ({ sourceId, token: 't1', bodyHash: 'h1', receivedAt: NOON });

export const importCounts = { rowsDone: 1, imported: 1, unchanged: 0, skipped: 0, rejected: 0 };

export const anImport = (id: string): ImportRow => ({
  id,
  kind: 'leads',
  fileName: 'leads.csv',
  bytes: 9,
  state: 'ready',
  format: {},
  mapping: {},
  finding: null,
  ...importCounts,
  error: null,
  createdAt: NOON,
  updatedAt: NOON,
  finishedAt: null,
});

export const anOutcome = (seed: SeedIds) => ({
  id: seed.import,
  rowKey: 'k1',
  leadId: seed.lead,
  outcome: 'won' as const,
  at: NOON,
  amount: 5,
  importId: seed.import,
  createdAt: NOON,
});

export const aRejection = (seed: SeedIds) => ({
  importId: seed.import,
  line: 2,
  code: 'no_id',
  reason: 'No id.',
  record: {},
});

const seedPeople = async (sql: Sql, seed: SeedIds): Promise<void> => {
  const { workspace } = seed;
  await stores.workspace.insert(sql, { id: workspace, name: 'W', timezone: 'UTC', isDemo: false, createdAt: NOON });
  await stores.credential.insertWriteKey(sql, workspace, { ...aKey(seed.writeKey, 'write'), trust: 'server' });
  await stores.credential.insertApiKey(sql, workspace, { ...aKey(seed.apiKey, 'api'), scopes: ['leads:read'] });
  const person = { id: seed.user, email: 'Rep@Example.com', name: 'Rep', passwordHash: 'x', createdAt: NOON };
  await stores.user.insert(sql, workspace, { ...person, role: 'admin' });
  const times = { createdAt: NOON, lastSeenAt: NOON, expiresAt: NOON + 1_000 };
  await stores.session.insert(sql, workspace, {
    id: seed.session,
    tokenHash: seed.session,
    userId: seed.user,
    ...times,
  });
  const account = {
    id: seed.account,
    groupId: 'g1',
    name: 'Acme',
    domain: 'acme.test',
    traits: { plan: 'pro' },
    traitTimes: null,
  };
  await stores.account.insertMany(sql, workspace, [{ ...account, createdAt: NOON, updatedAt: NOON }]);
  await stores.lead.insertMany(sql, workspace, [
    aLead({ id: seed.lead, userId: 'u1', name: 'Ada', owner: 'rep@example.com', accountId: seed.account }),
    aLead({ id: seed.other }),
  ]);
  await stores.identity.linkMany(sql, workspace, [{ kind: 'user', value: 'u1', leadId: seed.lead }]);
};

const seedScoring = async (sql: Sql, seed: SeedIds): Promise<void> => {
  const { workspace } = seed;
  const ranked = aProfile(seed.lead, { engagementRank: 3, fitGrade: 'B', usageTier: 'active', nextDueAt: NOON });
  await stores.profile.upsertMany(sql, workspace, [ranked], NOON);
  await stores.event.insertMany(sql, workspace, [
    anEvent({ id: seed.event, messageId: 'm1', leadId: seed.lead, mailKey: 'mail-1' }),
    anEvent({ messageId: 'refused', status: 'rejected', code: 'too_large' }),
    anEvent({ messageId: 'group', type: 'group', accountId: seed.account, leadId: seed.lead }),
  ]);
  const model = { document: defaultModel, createdAt: NOON, updatedAt: NOON };
  const published = { id: newId(NOON), key: 'default', version: 1, status: 'published', etag: 'e1' } as const;
  await stores.model.insert(sql, workspace, { ...published, ...model, publishedAt: NOON });
  const draft = { id: newId(NOON), key: 'default', version: 2, status: 'draft', etag: 'e2' } as const;
  await stores.model.insert(sql, workspace, { ...draft, ...model, publishedAt: null });
  await stores.rule.put(sql, workspace, { id: newId(NOON), key: 'spike', document: { a: 1 }, now: NOON });
  await stores.sequence.put(sql, workspace, { id: newId(NOON), key: 'welcome', document: { a: 1 }, now: NOON });
  const firing = { id: seed.firing, ruleKey: 'spike', ruleVersion: 1, leadId: seed.lead, sequence: 1 };
  await stores.firing.insertMany(sql, workspace, [{ ...firing, at: NOON, createdAt: NOON, cause: {} }]);
  const change = { id: newId(NOON), leadId: seed.lead, kind: 'band', at: NOON, detail: {} };
  await stores.change.insertMany(sql, workspace, [change]);
};

const seedOutreach = async (sql: Sql, seed: SeedIds): Promise<void> => {
  const { workspace } = seed;
  await stores.alert.insertMany(sql, workspace, [
    anAlert({ id: seed.alert, leadId: seed.lead, firingId: seed.firing }),
  ]);
  await stores.enrolment.insert(sql, workspace, anEnrolment({ id: seed.enrolment, leadId: seed.lead }));
  const mail = { leadId: seed.lead, enrolmentId: seed.enrolment };
  await stores.message.insert(sql, workspace, aMessage({ ...mail, id: seed.message, step: 0, state: 'planned' }));
  await stores.message.insert(sql, workspace, aMessage({ ...mail, id: seed.held, step: 1 }));
  await stores.message.lease(sql, NOON, 10, 60_000);
  await stores.link.insertMany(sql, workspace, [
    { id: seed.link, messageId: seed.message, url: 'https://x.test', isTrap: false },
  ]);
  await stores.suppression.add(sql, workspace, { addressHash: 'gone', reason: 'unsubscribe', createdAt: NOON });
  await stores.source.insert(sql, workspace, aSource(seed.source));
  await stores.source.claim(sql, workspace, receiptOf(seed.source));
  const work = { id: newId(NOON), kind: 'alert', dedupeKey: 'd1', payload: {}, createdAt: NOON };
  await stores.outbox.insertMany(sql, workspace, [work]);
};

/** One import that brought one event, one outcome and a refused row. */
const seedImports = async (sql: Sql, seed: SeedIds): Promise<void> => {
  const { workspace } = seed;
  await stores.import.insert(sql, workspace, anImport(seed.import));
  await stores.importEvent.insertMany(sql, workspace, [{ importId: seed.import, eventId: seed.event }]);
  await stores.importRejection.insertMany(sql, workspace, [aRejection(seed)]);
  await stores.outcome.insertMany(sql, workspace, [anOutcome(seed)]);
};

/** One row of everything in a workspace of its own. */
export const seedWorkspace = async (sql: Sql, seed: SeedIds): Promise<void> => {
  await seedPeople(sql, seed);
  await seedScoring(sql, seed);
  await seedOutreach(sql, seed);
  await seedImports(sql, seed);
};
