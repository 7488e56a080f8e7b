import { CredentialStore, Database, newId } from '@rekindle/store';
import { temporaryFolder } from '@rekindle/testing';
import type { LeadScoringOptions } from '../lead-scoring.options';
import { CredentialService } from './credential.service';
import { hashSecret } from './secret.hash';

const NOON = Date.UTC(2026, 2, 2, 12);
const KEY = 'wk_0123456789';
const options: LeadScoringOptions = {
  databaseUrl: 'sqlite:unused',
  publicUrl: 'http://localhost',
  secretKey: 'only-for-tests-only-for-tests-only-for-tests',
  mailFrom: 'sales@crm.test',
  postalAddress: 'Street 1',
  role: 'api',
};

/** A service whose monotonic clock is moved by hand. */
class Credentials extends CredentialService {
  elapsed = 0;

  protected override elapsedMs(): number {
    return this.elapsed;
  }
}

describe('write keys', () => {
  const workspaceId = newId(NOON);
  const id = newId(NOON);
  const store = new CredentialStore();
  let database: Database;
  let credentials: Credentials;

  beforeAll(async () => {
    database = await Database.open({ url: `sqlite:${temporaryFolder()}/keys.db` });
    credentials = new Credentials(database, options);
    const keyHash = hashSecret(options.secretKey, 'write-key', KEY);
    const row = { id, name: 'web', keyHash, prefix: 'wk', last4: '6789', createdAt: NOON, revokedAt: null };
    await database.write((sql) => store.insertWriteKey(sql, workspaceId, { ...row, trust: 'browser' }));
  });
  afterAll(() => database.close());

  it('open their workspace, unknown ones do not, and a key that is made later is known at once', async () => {
    expect(await credentials.writeKey(KEY)).toEqual({ kind: 'write-key', workspaceId, keyId: id, trust: 'browser' });
    expect(await credentials.writeKey('')).toBeNull();
    expect(await credentials.writeKey('wk_later_0123')).toBeNull();
    const keyHash = hashSecret(options.secretKey, 'write-key', 'wk_later_0123');
    const row = {
      id: newId(NOON),
      name: 'later',
      keyHash,
      prefix: 'wk',
      last4: '0123',
      createdAt: NOON,
      revokedAt: null,
    };
    await database.write((sql) => store.insertWriteKey(sql, workspaceId, { ...row, trust: 'server' }));
    expect(await credentials.writeKey('wk_later_0123')).toMatchObject({ trust: 'server' });
  });

  it('T17: stop within a second of being revoked', async () => {
    await credentials.writeKey(KEY);
    await database.write((sql) => store.revokeWriteKey(sql, workspaceId, id, NOON));
    credentials.elapsed += 1_000;
    expect(await credentials.writeKey(KEY)).toBeNull();
  });
});
