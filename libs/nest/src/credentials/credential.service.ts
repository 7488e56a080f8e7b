import { performance } from 'node:perf_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { CredentialStore, Database } from '@rekindle/store';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import type { Caller } from './access.decorator';
import { hashSecret } from './secret.hash';

const longestKey = 1_000;
/** A revoked write key is refused within this time, on every instance. */
const rememberedMs = 1_000;
const mostRemembered = 1_000;

interface Remembered {
  caller: Caller;
  until: number;
}

/**
 * Finds out who a key belongs to. Known write keys are remembered for a second, because looking one up costs as much
 * as scoring an event; unknown ones and API keys are looked up each time.
 */
@Injectable()
export class CredentialService {
  private readonly store = new CredentialStore();
  private readonly writers = new Map<string, Remembered>();

  constructor(
    private readonly database: Database,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** The caller behind a write key; null for an unknown or revoked one. */
  async writeKey(key: string): Promise<Caller | null> {
    if (key === '' || key.length > longestKey) return null;
    const hash = hashSecret(this.options.secretKey, 'write-key', key);
    const known = this.writers.get(hash);
    if (known && known.until > this.elapsedMs()) return known.caller;
    this.writers.delete(hash);
    const row = await this.store.writeKeyByHash(this.database.read, hash);
    if (!row) return null;
    const caller: Caller = { kind: 'write-key', workspaceId: row.workspaceId, keyId: row.id, trust: row.trust };
    if (this.writers.size >= mostRemembered) this.writers.clear();
    this.writers.set(hash, { caller, until: this.elapsedMs() + rememberedMs });
    return caller;
  }

  /** The caller behind an API key; null for an unknown or revoked one. */
  async apiKey(key: string): Promise<Caller | null> {
    if (key === '' || key.length > longestKey) return null;
    const row = await this.store.apiKeyByHash(this.database.read, hashSecret(this.options.secretKey, 'api-key', key));
    return row && { kind: 'api-key', workspaceId: row.workspaceId, keyId: row.id, scopes: row.scopes };
  }

  /** Of the monotonic clock: a jump of the wall clock must not keep a revoked key alive. */
  protected elapsedMs(): number {
    return performance.now();
  }
}
