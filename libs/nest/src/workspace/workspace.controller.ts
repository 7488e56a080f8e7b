import { Get } from '@nestjs/common';
import {
  BugError,
  ruleListSchema,
  workspaceSummarySchema,
  type RuleList,
  type WorkspaceSummary,
} from '@rekindle/contracts';
import { Database, LeadStore, RuleStore, WorkspaceStore } from '@rekindle/store';
import { Access, CurrentCaller, type Caller } from '../credentials/access.decorator';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { ApiController, Describe } from '../openapi/route.decorator';
import { ruleSummaryOf } from './rule.listing';

/** The workspace of the credential and its rules. */
@ApiController('api')
export class WorkspaceController {
  private readonly workspaces = new WorkspaceStore();
  private readonly leads = new LeadStore();
  private readonly rules = new RuleStore();

  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionsCache,
  ) {}

  @Get('workspace')
  @Access('session', ['workspace:read'])
  @Describe({ summary: 'What lists and editors offer as choices', answer: workspaceSummarySchema })
  async show(@CurrentCaller() { workspaceId }: Caller): Promise<WorkspaceSummary> {
    const sql = this.database.read;
    const workspace = await this.workspaces.byId(sql, workspaceId);
    if (!workspace) throw new BugError('workspace_missing', 'a credential names a workspace that is gone');
    const { document } = (await this.definitions.of(sql, workspaceId)).definitions.model;
    const { items } = await this.list(workspaceId);
    return {
      id: workspace.id,
      name: workspace.name,
      timezone: workspace.timezone,
      bands: document.engagement.bands,
      tiers: document.usage.tiers.map(({ key, label }) => ({ key, label })),
      owners: await this.leads.owners(sql, workspaceId),
      rules: items.map(({ key, name, sentence, isEnabled }) => ({ key, name, sentence, isEnabled })),
    };
  }

  @Get('rules')
  @Access('session', ['rules:read'])
  @Describe({ summary: 'List trigger rules, each in an English sentence', answer: ruleListSchema })
  listRules(@CurrentCaller() { workspaceId }: Caller): Promise<RuleList> {
    return this.list(workspaceId);
  }

  private async list(workspaceId: string): Promise<RuleList> {
    const { definitions } = await this.definitions.of(this.database.read, workspaceId);
    const rows = await this.rules.list(this.database.read, workspaceId);
    return { items: rows.map((row) => ruleSummaryOf(row, definitions)) };
  }
}
