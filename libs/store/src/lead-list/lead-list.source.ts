import type { CompiledModel } from '@rekindle/scoring';
import type { SqlParameter } from '../database/sql';

/** Where lists read profiles from, and the parameters of that, which come first in a statement. */
export interface ProfileSource {
  from: string;
  parameters: SqlParameter[];
}

const columns = ['workspaceId', 'leadId', 'fitScore', 'fitGrade', 'usageTier', 'lastActivityAt'];

/**
 * Profiles with their rank as of `at` (epoch ms). Ranks that no time touches, or that only jump, are as stored, in the
 * order of an index. Ranks that fall along a line are worked out in the statement: exact at every instant, but every
 * lead of the workspace is looked at and sorted.
 */
export const profilesAt = (at: number, model: CompiledModel): ProfileSource => {
  if (!model.decay.isSloped) return { from: '"ls_profiles" AS profiles', parameters: [] };
  const kept = columns.map((name) => `"${name}"`).join(', ');
  return {
    from: `(SELECT ${kept}, "engagementRank" + "engagementSlope" * ? AS "engagementRank" FROM "ls_profiles") AS profiles`,
    parameters: [at - model.landmarkMs],
  };
};
