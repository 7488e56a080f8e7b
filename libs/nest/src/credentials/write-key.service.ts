import { Inject, Injectable } from '@nestjs/common';
import { UserError, type WriteKey, type WriteKeyCreated } from '@rekindle/contracts';
import { CredentialStore, Database, newId, type WriteKeyRow, type WriteKeyTrust } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { isoOf } from '../leads/score.mapping';
import { hashSecret, newSecret, traceOf } from './secret.hash';

const MOST_KEYS = 200;

function writeKeyOf({ id, name, prefix, last4, trust, createdAt, revokedAt }: WriteKeyRow): WriteKey {
  return { id, name, prefix, last4, trust, createdAt: isoOf(createdAt), revokedAt: isoOf(revokedAt) };
}

const unknownKey = (): UserError => new UserError('not_found', 'There is no such write key in use.', { status: 404 });

/** Keys that may send events. A key itself leaves us once, when it is made; only its hash stays. */
@Injectable()
export class WriteKeyService {
  private readonly store = new CredentialStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** Those in use first, newest first. */
  async list(workspaceId: string): Promise<WriteKey[]> {
    const rows = await this.store.listWriteKeys(this.database.read, workspaceId);
    const newestFirst = rows.map(writeKeyOf).reverse();
    return [
      ...newestFirst.filter(({ revokedAt }) => revokedAt === null),
      ...newestFirst.filter(({ revokedAt }) => revokedAt !== null),
    ];
  }

  /** @throws UserError `too_many_keys` (409) */
  async create(workspaceId: string, wanted: { name: string; trust: WriteKeyTrust }): Promise<WriteKeyCreated> {
    const now = this.clock.now();
    const key = `wk_${newSecret()}`;
    const keyHash = hashSecret(this.options.secretKey, 'write-key', key);
    const row: WriteKeyRow = { id: newId(now), ...wanted, keyHash, ...traceOf(key), createdAt: now, revokedAt: null };
    await this.database.write(async (sql) => {
      const keys = await this.store.listWriteKeys(sql, workspaceId);
      if (keys.filter(({ revokedAt }) => revokedAt === null).length >= MOST_KEYS) {
        throw new UserError('too_many_keys', `A workspace has ${MOST_KEYS} keys in use at most.`, { status: 409 });
      }
      await this.store.insertWriteKey(sql, workspaceId, row);
    });
    return { ...writeKeyOf(row), key };
  }

  /** A new key of the same name and trust. The old one works on until it is revoked, so that nothing is lost between. */
  async rotate(workspaceId: string, id: string): Promise<WriteKeyCreated> {
    const rows = await this.store.listWriteKeys(this.database.read, workspaceId);
    const old = rows.find((row) => row.id === id && row.revokedAt === null);
    if (!old) throw unknownKey();
    return this.create(workspaceId, { name: old.name, trust: old.trust });
  }

  /** Refused from now on; other processes notice within a second. @throws UserError 404 */
  async revoke(workspaceId: string, id: string): Promise<void> {
    const now = this.clock.now();
    if (!(await this.database.write((sql) => this.store.revokeWriteKey(sql, workspaceId, id, now)))) throw unknownKey();
  }
}
