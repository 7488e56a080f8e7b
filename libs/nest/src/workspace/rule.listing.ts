import type { RuleList } from '@rekindle/contracts';
import { describeRule, triggerRuleSchema, type Definitions } from '@rekindle/rules';
import type { RuleRow } from '@rekindle/store';

function brokenReasonOf(row: RuleRow, definitions: Definitions): string | null {
  const broken = definitions.brokenRules.find(({ key }) => key === row.key);
  return broken ? broken.issues.map(({ path, message }) => `${path}: ${message}`).join('; ') : null;
}

/** A stored rule with what it means in English; a broken one with the reason instead. */
export function ruleSummaryOf(row: RuleRow, definitions: Definitions): RuleList['items'][number] {
  const { key, version, isEnabled } = row;
  const parsed = triggerRuleSchema.safeParse(row.document);
  if (!parsed.success) {
    const reason = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return { key, name: key, version, isEnabled, sentence: '', brokenReason: reason, document: null };
  }
  const brokenReason = brokenReasonOf(row, definitions);
  const sentence = brokenReason === null ? describeRule(parsed.data) : '';
  return { key, name: parsed.data.name, version, isEnabled, sentence, brokenReason, document: parsed.data };
}
