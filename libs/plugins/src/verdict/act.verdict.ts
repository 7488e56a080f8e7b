import { mailFindings } from './mail.findings';
import type { MailTrace, Verdict } from './mail.trace';
import { doubts, laterHumanAct, verdictLayers, type VerdictLayer } from './verdict.layers';

/** A verdict and the keys of the layers it rests on; no evidence at all: human. */
export interface ActVerdict {
  verdict: Verdict;
  evidence: string[];
}

/** One sure sign of a machine is enough; doubt is lifted by a sign of a person. */
function verdictOf(found: readonly VerdictLayer[]): ActVerdict {
  const says = (verdict: Verdict) => found.some((layer) => layer.says === verdict);
  const verdict = says('machine') ? 'machine' : says('unsure') && !says('human') ? 'unsure' : 'human';
  return { verdict, evidence: found.map(({ key }) => key) };
}

/**
 * Who did each of these acts on one mail. A function of the set of acts, not of the order in which they became known:
 * a burst that shows at its fifth click is one from its first.
 */
export function judgeMailActs(acts: readonly MailTrace[]): ActVerdict[] {
  const findings = mailFindings(acts);
  const judged = acts.map((act) => ({ act, against: doubts.filter(({ holds }) => holds(act, findings)) }));
  const clear = judged.filter(({ act, against }) => act.kind === 'click' && against.length === 0);
  const clearClicks = clear.map(({ act }) => act);
  return judged.map(({ act, against }) =>
    verdictOf(laterHumanAct.holds(act, clearClicks) ? [...against, laterHumanAct] : against),
  );
}

/** A verdict in words, such as "machine: calls itself a robot". */
export function verdictWords({ verdict, evidence }: { verdict: string; evidence: readonly string[] }): string {
  const reasons = evidence.flatMap((key) => verdictLayers.find((layer) => layer.key === key)?.label ?? []);
  return reasons.length === 0 ? verdict : `${verdict}: ${reasons.join(', ')}`;
}
