import { guardedRoutesRule } from './rules/guarded-routes.rule.mjs';
import { honestTestsRule } from './rules/honest-tests.rule.mjs';
import { maxParamsRule } from './rules/max-params.rule.mjs';
import { pathNamesRule } from './rules/path-names.rule.mjs';
import { pureClockRule } from './rules/pure-clock.rule.mjs';
import { noAutoSchemaRule, noRawOrderByRule, noRepositorySaveRule } from './rules/storage.rules.mjs';

/** The rules of this house that no published plugin has. */
export const housePlugin = {
  meta: { name: 'house' },
  rules: {
    'guarded-routes': guardedRoutesRule,
    'honest-tests': honestTestsRule,
    'max-params': maxParamsRule,
    'path-names': pathNamesRule,
    'pure-clock': pureClockRule,
    'no-auto-schema': noAutoSchemaRule,
    'no-raw-order-by': noRawOrderByRule,
    'no-repository-save': noRepositorySaveRule,
  },
};
