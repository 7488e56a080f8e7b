import { Injectable, Logger } from '@nestjs/common';
import { OperationalError } from '@rekindle/contracts';
import {
  compileDefinitions,
  triggerRuleSchema,
  type Definitions,
  type RuleInput,
  type TriggerRule,
} from '@rekindle/rules';
import { scoringModelSchema } from '@rekindle/scoring';
import { ModelStore, RuleStore, type RuleRow, type Sql } from '@rekindle/store';

/** What a workspace scores and fires by, compiled. */
export interface WorkspaceDefinitions {
  definitions: Definitions;
  modelVersion: number;
  /** Documents of the rules by key, for their actions. */
  rules: ReadonlyMap<string, TriggerRule>;
}

interface Entry {
  stamp: string;
  compiled: WorkspaceDefinitions;
}

const MODEL_KEY = 'default';

/** Published model and rules of each workspace, compiled once and again only when a version has changed. */
@Injectable()
export class DefinitionsCache {
  private readonly log = new Logger('Definitions');
  private readonly models = new ModelStore();
  private readonly rules = new RuleStore();
  private readonly entries = new Map<string, Entry>();

  /** As of the transaction (or reader) given; one small statement when nothing has changed. */
  async of(sql: Sql, workspaceId: string): Promise<WorkspaceDefinitions> {
    const stamp = await this.stampOf(sql, workspaceId);
    const entry = this.entries.get(workspaceId);
    if (entry?.stamp === stamp) return entry.compiled;
    const compiled = await this.compile(sql, workspaceId);
    this.entries.set(workspaceId, { stamp, compiled });
    return compiled;
  }

  private async stampOf(sql: Sql, workspaceId: string): Promise<string> {
    const rows = await sql.query<Record<string, unknown>>(
      'SELECT (SELECT MAX("version") FROM "ls_models" WHERE "workspaceId" = ? AND "key" = ? AND "status" = \'published\') AS "model", ' +
        '(SELECT COUNT(*) FROM "ls_rules" WHERE "workspaceId" = ?) AS "count", ' +
        '(SELECT SUM("version" * 2 + "isEnabled") FROM "ls_rules" WHERE "workspaceId" = ?) AS "versions", ' +
        '(SELECT MAX("updatedAt") FROM "ls_rules" WHERE "workspaceId" = ?) AS "changed"',
      [workspaceId, MODEL_KEY, workspaceId, workspaceId, workspaceId],
    );
    return JSON.stringify(rows[0] ?? null);
  }

  private async compile(sql: Sql, workspaceId: string): Promise<WorkspaceDefinitions> {
    const model = await this.models.published(sql, workspaceId, MODEL_KEY);
    if (!model) throw new OperationalError('model_missing', 'The workspace has no published scoring model.');
    const rows = await this.rules.list(sql, workspaceId);
    const rules = rows.flatMap((row) => this.readableRule(workspaceId, row));
    const document = scoringModelSchema.parse(model.document);
    const definitions = compileDefinitions({ model: { document, version: model.version }, rules });
    for (const { key, issues } of definitions.brokenRules) this.warn(workspaceId, key, issues);
    return {
      definitions,
      modelVersion: model.version,
      rules: new Map(rules.map((rule) => [rule.document.key, rule.document])),
    };
  }

  /** A rule that is not what rules are is left out of scoring; its reason stands in `GET /api/rules` too. */
  private readableRule(workspaceId: string, { key, document, version, isEnabled }: RuleRow): RuleInput[] {
    const parsed = triggerRuleSchema.safeParse(document);
    if (parsed.success) return [{ document: parsed.data, version, isEnabled }];
    this.warn(workspaceId, key, parsed.error.issues);
    return [];
  }

  private warn(workspaceId: string, ruleKey: string, issues: readonly unknown[]): void {
    this.log.warn({ workspaceId, ruleKey, issues, code: 'rule_broken' });
  }
}
