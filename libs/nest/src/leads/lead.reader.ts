import { Injectable } from '@nestjs/common';
import { UserError } from '@rekindle/contracts';
import { emptyLeadState, type LeadState } from '@rekindle/rules';
import {
  AccountStore,
  Database,
  IdentityStore,
  LeadStore,
  ProfileStore,
  type AccountRow,
  type LeadRow,
} from '@rekindle/store';
import { readId } from '../ingest/identifier.rules';
import { DefinitionsCache, type WorkspaceDefinitions } from '../ingest/definitions.cache';

/** A living lead with all that its score is made of. */
export interface LeadFile {
  lead: LeadRow;
  account: AccountRow | null;
  state: LeadState;
  workspace: WorkspaceDefinitions;
}

/** The answer to an id of another workspace is the same as to one that never was. */
export const unknownLead = (): UserError => new UserError('not_found', 'There is no such lead.', { status: 404 });

/** Reads one lead of the caller's workspace; the id of a merged lead leads to the one it became. */
@Injectable()
export class LeadReader {
  private readonly leads = new LeadStore();
  private readonly identities = new IdentityStore();
  private readonly accounts = new AccountStore();
  private readonly profiles = new ProfileStore();

  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionsCache,
  ) {}

  /** Throws 404. */
  async byId(workspaceId: string, id: string): Promise<LeadFile> {
    return this.file(workspaceId, await this.living(workspaceId, id));
  }

  /** By the sender's id of the person. Throws 404. */
  async byUserId(workspaceId: string, userId: string): Promise<LeadFile> {
    const reading = readId(userId);
    return this.file(workspaceId, 'id' in reading ? await this.user(workspaceId, reading.id ?? '') : null);
  }

  /** The lead's row alone. Throws 404. */
  async rowById(workspaceId: string, id: string): Promise<LeadRow> {
    const row = await this.living(workspaceId, id);
    if (!row) throw unknownLead();
    return row;
  }

  /** The lead that has this user id now, or had it before an alias. */
  private async user(workspaceId: string, userId: string): Promise<LeadRow | null> {
    const sql = this.database.read;
    const row = await this.leads.byUserId(sql, workspaceId, userId);
    if (row) return row;
    const owners = await this.identities.resolve(sql, workspaceId, [
      { kind: 'user', value: userId },
      { kind: 'alias', value: userId },
    ]);
    const [leadId] = owners.values();
    return leadId === undefined ? null : this.living(workspaceId, leadId);
  }

  private async living(workspaceId: string, id: string): Promise<LeadRow | null> {
    const row = await this.leads.byId(this.database.read, workspaceId, id);
    return row?.mergedInto ? this.leads.byId(this.database.read, workspaceId, row.mergedInto) : row;
  }

  private async file(workspaceId: string, lead: LeadRow | null): Promise<LeadFile> {
    if (!lead) throw unknownLead();
    const sql = this.database.read;
    const workspace = await this.definitions.of(sql, workspaceId);
    const account = lead.accountId ? await this.accounts.byId(sql, workspaceId, lead.accountId) : null;
    const states = await this.profiles.getMany(sql, workspaceId, [lead.id]);
    return { lead, account, workspace, state: states.get(lead.id) ?? emptyLeadState() };
  }
}
