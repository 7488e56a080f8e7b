import { conditionWords, type Condition, type LeafWording } from '@rekindle/scoring';
import { facts } from './facts/fact.registry';
import type { TriggerRule } from './rule.schema';

const factWording: LeafWording = {
  noun: (leaf) => facts.get(leaf.fact)?.noun(leaf) ?? `“${leaf.fact}”`,
  unit: ({ fact }) => facts.get(fact)?.unit,
  clause: (leaf) => facts.get(leaf.fact)?.clause?.(leaf),
};

function quantity(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A condition in English, as the clause after "when"; facts nobody knows stand in quotation marks. */
export function describeCondition(tree: Condition): string {
  return conditionWords(tree, factWording);
}

function againWords(rule: TriggerRule): string {
  const until = rule.until === undefined ? 'this has stopped being so' : describeCondition(rule.until);
  const isStart = rule.edge === 'becomes-true';
  const after = isStart ? `It can fire again once ${until}` : 'It can fire again after this has been so once more';
  const coolDown = rule.coolDownDays === 0 ? '' : `, at the earliest ${quantity(rule.coolDownDays, 'day')} later`;
  const most = rule.mostFirings === undefined ? '' : `, and ${quantity(rule.mostFirings, 'time')} per lead at most`;
  return `${after}${coolDown}${most}.`;
}

/** A rule in English: when it fires for a lead, when it may fire again, and how old a moment may be. */
export function describeRule(rule: TriggerRule): string {
  const edge = rule.edge === 'becomes-true' ? 'Fires as soon as' : 'Fires as soon as it is no longer so that';
  const age = `Moments more than ${quantity(rule.mostEventAgeHours, 'hour')} past fire nothing.`;
  return `${edge} ${describeCondition(rule.when)}. ${againWords(rule)} ${age}`;
}
