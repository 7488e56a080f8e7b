import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { shippedRules } from '@rekindle/rules';
import { defaultModel } from '@rekindle/scoring';
import {
  CredentialStore,
  Database,
  ModelStore,
  RuleStore,
  SequenceStore,
  UserStore,
  WorkspaceStore,
  newId,
  type Sql,
  type WorkspaceRow,
} from '@rekindle/store';
import { Clock } from '../clock/clock';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { shippedSequences } from '../sequences/shipped.sequences';
import { hashPassword } from '../session/password.hash';
import { scopes } from './access.decorator';
import { hashSecret, traceOf } from './secret.hash';

/** A new workspace and the credentials it starts with; each one is optional. */
export interface NewWorkspace {
  name: string;
  /** IANA name. */
  timezone: string;
  isDemo: boolean;
  writeKey?: string | undefined;
  apiKey?: string | undefined;
  admin?: { email: string; password: string; name: string } | undefined;
}

const passwordHashOf = async ({ admin }: NewWorkspace): Promise<string> => (admin ? hashPassword(admin.password) : '');

/** Sets workspaces up with the default model published, the shipped rules enabled and the shipped sequences. */
@Injectable()
export class ProvisionService {
  private readonly workspaces = new WorkspaceStore();
  private readonly models = new ModelStore();
  private readonly rules = new RuleStore();
  private readonly sequences = new SequenceStore();
  private readonly credentials = new CredentialStore();
  private readonly users = new UserStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** Every workspace of this database, oldest first. */
  list(): Promise<WorkspaceRow[]> {
    return this.workspaces.list(this.database.read);
  }

  /** Creates a workspace in one transaction; answers its id. */
  async create(workspace: NewWorkspace): Promise<string> {
    const passwordHash = await passwordHashOf(workspace);
    return this.database.write((sql) => this.add(sql, workspace, passwordHash));
  }

  /** The same in a database that has none yet; null where another process was first. */
  async createFirst(workspace: NewWorkspace): Promise<string | null> {
    const passwordHash = await passwordHashOf(workspace);
    return this.database.write(async (sql) => {
      const isFirst = (await this.workspaces.list(sql)).length === 0;
      return isFirst ? this.add(sql, workspace, passwordHash) : null;
    });
  }

  private async add(sql: Sql, workspace: NewWorkspace, passwordHash: string): Promise<string> {
    const now = this.clock.now();
    const id = newId(now);
    const { name, timezone, isDemo, admin } = workspace;
    await this.workspaces.insert(sql, { id, name, timezone, isDemo, createdAt: now });
    await this.addDocuments(sql, id, now);
    await this.addKeys(sql, id, workspace, now);
    if (admin) {
      const { email, name: userName } = admin;
      const user = { id: newId(now), email, name: userName, passwordHash, role: 'admin' as const, createdAt: now };
      await this.users.insert(sql, id, user);
    }
    return id;
  }

  private async addDocuments(sql: Sql, workspaceId: string, now: number): Promise<void> {
    await this.models.insert(sql, workspaceId, {
      id: newId(now),
      key: defaultModel.key,
      version: 1,
      status: 'published',
      document: defaultModel,
      etag: randomUUID(),
      createdAt: now,
      updatedAt: now,
      publishedAt: now,
    });
    for (const rule of shippedRules) {
      await this.rules.put(sql, workspaceId, { id: newId(now), key: rule.key, document: rule, now });
    }
    for (const sequence of shippedSequences) {
      await this.sequences.put(sql, workspaceId, { id: newId(now), key: sequence.key, document: sequence, now });
    }
  }

  private async addKeys(
    sql: Sql,
    workspaceId: string,
    { writeKey, apiKey }: NewWorkspace,
    createdAt: number,
  ): Promise<void> {
    const row = { name: 'First key', createdAt, revokedAt: null };
    if (writeKey) {
      const keyHash = hashSecret(this.options.secretKey, 'write-key', writeKey);
      const key = { ...row, id: newId(createdAt), keyHash, ...traceOf(writeKey), trust: 'server' as const };
      await this.credentials.insertWriteKey(sql, workspaceId, key);
    }
    if (apiKey) {
      const keyHash = hashSecret(this.options.secretKey, 'api-key', apiKey);
      const key = { ...row, id: newId(createdAt), keyHash, ...traceOf(apiKey), scopes: [...scopes] };
      await this.credentials.insertApiKey(sql, workspaceId, key);
    }
  }
}
