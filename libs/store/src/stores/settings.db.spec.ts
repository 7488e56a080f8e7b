import { newId } from '../id.generator';
import { anAlert, NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { AlertStore } from './alert.store';
import { CredentialStore } from './credential.store';
import { FiringStore } from './firing.store';
import { ModelStore } from './model.store';
import type { ModelRow } from './model.store';
import { RuleStore } from './rule.store';
import { SessionStore } from './session.store';
import { SuppressionStore } from './suppression.store';
import { UserStore } from './user.store';

const WORKSPACE = 'w1';

describe('settings, credentials and findings', () => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await temporaryDatabase();
  });
  afterEach(() => temporary.remove());

  const aModel = (parts: Partial<ModelRow> = {}): ModelRow => ({
    id: newId(NOON),
    key: 'default',
    version: 1,
    status: 'published',
    document: { name: 'first' },
    etag: 'e1',
    createdAt: NOON,
    updatedAt: NOON,
    publishedAt: NOON,
    ...parts,
  });

  it('publishes a draft that is still the one the author saw, and scores with the newest version', async () => {
    const models = new ModelStore();
    const { db } = temporary;
    const draft = aModel({ version: 2, status: 'draft', etag: 'e2', publishedAt: null });
    await db.write((sql) => models.insert(sql, WORKSPACE, aModel()));
    expect(await db.write((sql) => models.insert(sql, WORKSPACE, draft))).toBe(true);
    const second = { ...draft, id: newId(NOON), version: 3 };
    expect(await db.write((sql) => models.insert(sql, WORKSPACE, second))).toBe(false);
    const edit = { key: 'default', ifMatch: 'e2', etag: 'e3', document: { name: 'second' }, now: NOON + 1 };
    const edits = await Promise.all([1, 2].map(() => db.write((sql) => models.replaceDraft(sql, WORKSPACE, edit))));
    expect(edits).toEqual([true, false]);
    const publish = (ifMatch: string) =>
      db.write((sql) => models.publish(sql, WORKSPACE, { key: 'default', ifMatch, now: NOON + 2 }));
    expect(await publish('e2')).toBeNull();
    expect(await publish('e3')).toMatchObject({ version: 2, status: 'published', publishedAt: NOON + 2 });
    expect(await models.published(db.read, WORKSPACE, 'default')).toMatchObject({ document: { name: 'second' } });
    expect(await models.byVersion(db.read, WORKSPACE, 'default', 1)).toMatchObject({ document: { name: 'first' } });
    expect(await models.draft(db.read, WORKSPACE, 'default')).toBeNull();
  });

  it('counts the versions of a rule by its content', async () => {
    const rules = new RuleStore();
    const put = (document: unknown) =>
      temporary.db.write((sql) => rules.put(sql, WORKSPACE, { id: newId(NOON), key: 'spike', document, now: NOON }));
    const first = await put({ a: 1 });
    expect(first).toMatchObject({ version: 1, isEnabled: true, document: { a: 1 } });
    expect(await put({ a: 1 })).toMatchObject({ id: first.id, version: 1 });
    expect(await put({ a: 2 })).toMatchObject({ id: first.id, version: 2 });
    const change = { key: 'spike', isEnabled: false, now: NOON };
    await temporary.db.write((sql) => rules.setEnabled(sql, WORKSPACE, change));
    expect(await put({ a: 3 })).toMatchObject({ version: 3, isEnabled: false });
  });

  it('opens a workspace with a key until the key is revoked', async () => {
    const credentials = new CredentialStore();
    const key = { id: newId(NOON), name: 'Site', keyHash: 'h', prefix: 'wk', last4: 'abcd', createdAt: NOON };
    const { db } = temporary;
    await db.write((sql) => credentials.insertWriteKey(sql, WORKSPACE, { ...key, trust: 'browser', revokedAt: null }));
    await db.write((sql) =>
      credentials.insertApiKey(sql, WORKSPACE, { ...key, scopes: ['leads:read'], revokedAt: null }),
    );
    expect(await credentials.writeKeyByHash(db.read, 'h')).toMatchObject({ workspaceId: WORKSPACE, trust: 'browser' });
    expect(await credentials.apiKeyByHash(db.read, 'h')).toMatchObject({ scopes: ['leads:read'] });
    expect(await db.write((sql) => credentials.revokeWriteKey(sql, WORKSPACE, key.id, NOON))).toBe(true);
    expect(await db.write((sql) => credentials.revokeWriteKey(sql, WORKSPACE, key.id, NOON))).toBe(false);
    expect(await credentials.writeKeyByHash(db.read, 'h')).toBeNull();
    expect(await credentials.listWriteKeys(db.read, WORKSPACE)).toMatchObject([{ revokedAt: NOON }]);
  });

  it('knows a person by e-mail in any case, and a session until it expires', async () => {
    const { db } = temporary;
    const user = { id: newId(NOON), email: 'Ada@Example.com', name: 'Ada', passwordHash: 'x', createdAt: NOON };
    await db.write((sql) => new UserStore().insert(sql, WORKSPACE, { ...user, role: 'operator' }));
    expect(await new UserStore().forSignIn(db.read, 'ADA@example.com')).toMatchObject([
      { workspaceId: WORKSPACE, email: 'ada@example.com', role: 'operator' },
    ]);
    const sessions = new SessionStore();
    const session = { id: newId(NOON), tokenHash: 't', userId: user.id, createdAt: NOON, lastSeenAt: NOON };
    await db.write((sql) => sessions.insert(sql, WORKSPACE, { ...session, expiresAt: NOON + 10 }));
    expect(await sessions.byTokenHash(db.read, 't', NOON + 9)).toMatchObject({
      workspaceId: WORKSPACE,
      userId: user.id,
    });
    expect(await sessions.byTokenHash(db.read, 't', NOON + 10)).toBeNull();
    const seen = { id: session.id, lastSeenAt: NOON + 5, expiresAt: NOON + 15 };
    await db.write((sql) => sessions.touch(sql, WORKSPACE, seen));
    expect(await sessions.byTokenHash(db.read, 't', NOON + 10)).not.toBeNull();
    expect(await db.write((sql) => sessions.deleteExpired(sql, NOON + 15))).toBe(1);
  });

  it('fires once per crossing however often the crossing is written (P8)', async () => {
    const firings = new FiringStore();
    const firing = (parts: object) => ({
      id: newId(NOON),
      ruleKey: 'spike',
      ruleVersion: 1,
      leadId: 'l1',
      sequence: 1,
      at: NOON,
      createdAt: NOON,
      cause: {},
      ...parts,
    });
    const first = firing({});
    const later = firing({ sequence: 2, at: NOON + 1 });
    const write = (rows: (typeof first)[]) => temporary.db.write((sql) => firings.insertMany(sql, WORKSPACE, rows));
    expect(await write([first])).toEqual(new Set([first.id]));
    expect(await write([firing({}), later])).toEqual(new Set([later.id]));
    expect((await firings.forLead(temporary.db.read, WORKSPACE, 'l1', 9)).map(({ id }) => id)).toEqual([
      later.id,
      first.id,
    ]);
  });

  it('makes one alert of a firing, and counts what is unread', async () => {
    const alerts = new AlertStore();
    const { db } = temporary;
    const causes = [{ signal: 'reply', label: 'Reply', count: 1, points: 10 }];
    const alert = anAlert({ firingId: 'f1', causes });
    expect(await db.write((sql) => alerts.insertMany(sql, WORKSPACE, [alert, anAlert({ firingId: 'f1' })]))).toBe(1);
    expect(await alerts.byId(db.read, WORKSPACE, alert.id)).toEqual({
      ...alert,
      leadName: null,
      leadEmail: null,
      accountName: null,
    });
    expect(await alerts.count(db.read, WORKSPACE, { state: 'unread' })).toBe(1);
    const done = { id: alert.id, state: 'done', now: NOON + 1 } as const;
    expect(await db.write((sql) => alerts.setState(sql, WORKSPACE, done))).toBe(true);
    expect(await alerts.count(db.read, WORKSPACE, { state: 'unread' })).toBe(0);
    expect((await alerts.list(db.read, WORKSPACE, { limit: 5, ruleKey: 'engagement-high' })).items).toMatchObject([
      { state: 'done', doneAt: NOON + 1 },
    ]);
  });

  it('keeps the first reason of a suppression and lifts it only on request', async () => {
    const suppressions = new SuppressionStore();
    const { db } = temporary;
    const add = (reason: string) =>
      db.write((sql) => suppressions.add(sql, WORKSPACE, { addressHash: 'h', reason, createdAt: NOON }));
    expect([await add('unsubscribe'), await add('bounce')]).toEqual([true, false]);
    expect(await suppressions.among(db.read, WORKSPACE, ['h', 'i'])).toEqual(new Set(['h']));
    expect(await db.write((sql) => suppressions.remove(sql, WORKSPACE, 'h'))).toBe(true);
    expect(await suppressions.has(db.read, WORKSPACE, 'h')).toBe(false);
  });
});
