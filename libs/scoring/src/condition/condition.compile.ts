import type { Condition, ConditionLeaf, Truth } from './condition';

/** A compiled condition: what a subject makes of it, in three values. */
export type Predicate<S> = (subject: S) => Truth;

/**
 * Turns a condition tree into one closure; nothing of the tree is looked at again when it runs.
 * Kleene's strong three-valued logic: `all` is false as soon as one part is false, unknown if one is unknown,
 * else true; `any` is its mirror image; `not` of unknown is unknown. (Kleene, Introduction to Metamathematics, § 64.)
 */
export function compileCondition<S>(
  tree: Condition,
  leafCompiler: (leaf: ConditionLeaf) => Predicate<S>,
): Predicate<S> {
  if ('all' in tree) {
    return joined(
      tree.all.map((part) => compileCondition(part, leafCompiler)),
      false,
    );
  }
  if ('any' in tree) {
    return joined(
      tree.any.map((part) => compileCondition(part, leafCompiler)),
      true,
    );
  }
  if ('not' in tree) {
    const part = compileCondition(tree.not, leafCompiler);
    return (subject) => {
      const truth = part(subject);
      return truth === undefined ? undefined : !truth;
    };
  }
  return leafCompiler(tree);
}

/** `all` when `decider` is false, `any` when it is true. */
function joined<S>(parts: readonly Predicate<S>[], decider: boolean): Predicate<S> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (subject) => {
    let truth: Truth = !decider;
    for (const part of parts) {
      const partTruth = part(subject);
      if (partTruth === decider) return decider;
      if (partTruth === undefined) truth = undefined;
    }
    return truth;
  };
}

/** The leaves of a tree with the path that leads to each, in reading order. */
export function leavesOf(tree: Condition, path = ''): { leaf: ConditionLeaf; path: string }[] {
  if ('all' in tree) return tree.all.flatMap((part, index) => leavesOf(part, `${path}.all.${index}`));
  if ('any' in tree) return tree.any.flatMap((part, index) => leavesOf(part, `${path}.any.${index}`));
  if ('not' in tree) return leavesOf(tree.not, `${path}.not`);
  return [{ leaf: tree, path }];
}
