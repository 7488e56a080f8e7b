import type { Condition, ConditionLeaf } from './condition';

/** What is known of a leaf beforehand; undefined: it stays open. */
type Decide = (leaf: ConditionLeaf) => boolean | undefined;

/**
 * What is left of a condition once some leaves are decided: true or false where that settles it, else the smallest tree
 * that still answers the same, unknown included.
 */
export function residualOf(tree: Condition, decide: Decide): Condition | boolean {
  if ('all' in tree) return rest(openParts(tree.all, false, decide), (all) => ({ all }));
  if ('any' in tree) return rest(openParts(tree.any, true, decide), (any) => ({ any }));
  if (!('not' in tree)) return decide(tree) ?? tree;
  const part = residualOf(tree.not, decide);
  return typeof part === 'boolean' ? !part : { not: part };
}

function rest(open: Condition[] | boolean, join: (parts: Condition[]) => Condition): Condition | boolean {
  if (typeof open === 'boolean') return open;
  const [only] = open;
  return only !== undefined && open.length === 1 ? only : join(open);
}

/** The parts that stay open; `decider` as soon as one part is it, its opposite when nothing stays open. */
function openParts(parts: readonly Condition[], decider: boolean, decide: Decide): Condition[] | boolean {
  const open: Condition[] = [];
  for (const part of parts) {
    const residual = residualOf(part, decide);
    if (residual === decider) return decider;
    if (typeof residual !== 'boolean') open.push(residual);
  }
  return open.length === 0 ? !decider : open;
}
