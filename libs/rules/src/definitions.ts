import { compileModel, type CompiledModel, type ScoringModel } from '@rekindle/scoring';
import { compileRule, type CompiledRule } from './rule/rule.compiler';
import type { TriggerRule } from './rule.schema';
import { ruleIssues, type RuleIssue } from './rule.validation';

/** A stored rule with its version. */
export interface RuleInput {
  document: TriggerRule;
  version: number;
  isEnabled: boolean;
}

/** What `compileDefinitions` needs: the published model and all rules of a workspace. */
export interface DefinitionsInput {
  model: { document: ScoringModel; version: number };
  rules: readonly RuleInput[];
}

/** An enabled rule that cannot run, and why: shown to its owner, never silently false. */
export interface BrokenRule {
  key: string;
  version: number;
  issues: RuleIssue[];
}

/** A workspace's model and rules, compiled once and used for every lead. */
export interface Definitions {
  readonly model: CompiledModel;
  /** The enabled rules that can run, in the order given. */
  readonly rules: readonly CompiledRule[];
  readonly brokenRules: readonly BrokenRule[];
}

/** Compiles a model and its rules. An invalid model throws; an invalid rule is set aside as broken and does not run. */
export function compileDefinitions(input: DefinitionsInput): Definitions {
  return definitionsUnder(compileModel(input.model.document, input.model.version), input.rules);
}

/** As {@link compileDefinitions}, under a model that is compiled already. */
export function definitionsUnder(model: CompiledModel, inputs: readonly RuleInput[]): Definitions {
  const rules: CompiledRule[] = [];
  const brokenRules: BrokenRule[] = [];
  for (const { document, version, isEnabled } of inputs) {
    if (!isEnabled) continue;
    const issues = ruleIssues(document, model);
    if (issues.length === 0) rules.push(compileRule(document, version, model));
    else brokenRules.push({ key: document.key, version, issues });
  }
  return { model, rules, brokenRules };
}
