import { bandIndexOf, pointsAt, scoreOfPoints } from '@rekindle/scoring';
import type { CompiledModel } from '@rekindle/scoring';
import { UserError } from '@rekindle/contracts';
import type { SqlParameter } from '../database/sql';
import { likePatternOf } from '../tables/search.text';
import { leastDoubleWhere } from './double.search';
import type { LeadFilter } from './lead-list.row';

/** A piece of a statement over `ls_profiles AS profiles`: joins, conditions (each after an AND) and their parameters. */
export interface Restriction {
  joins: string;
  where: string;
  parameters: SqlParameter[];
}

interface Condition {
  needs: 'profile' | 'lead' | 'account';
  where: string;
  parameters: SqlParameter[];
}

const leadJoin =
  ' JOIN "ls_leads" AS leads ON leads."workspaceId" = profiles."workspaceId" AND leads."id" = profiles."leadId"';
const accountJoin =
  ' LEFT JOIN "ls_accounts" AS accounts ON accounts."workspaceId" = leads."workspaceId" AND accounts."id" = leads."accountId"';

const equals = (needs: Condition['needs'], column: string, value: string): Condition => ({
  needs,
  where: `${column} = ?`,
  parameters: [value],
});

/** The ranks that are in a band at `at`: found by asking scoring itself, so that a list and a score never disagree. */
const inBand = (band: string, at: number, model: CompiledModel): Condition => {
  const index = model.document.engagement.bands.findIndex(({ key }) => key === band);
  if (index < 0) throw new UserError('unknown_band', `There is no engagement band "${band}".`);
  const least = (bandIndex: number): number =>
    leastDoubleWhere((rank) => bandIndexOf(scoreOfPoints(pointsAt(rank, at, model), model), model) <= bandIndex);
  const from = 'profiles."engagementRank" >= ?';
  if (index === 0) return { needs: 'profile', where: from, parameters: [least(0)] };
  const parameters = [least(index), least(index - 1)];
  return { needs: 'profile', where: `${from} AND profiles."engagementRank" < ?`, parameters };
};

const search = (text: string): Condition => ({
  needs: 'account',
  where: String.raw`(leads."searchText" LIKE ? ESCAPE '\' OR accounts."searchText" LIKE ? ESCAPE '\')`,
  parameters: [likePatternOf(text), likePatternOf(text)],
});

const conditionsOf = (filter: LeadFilter, at: number, model: CompiledModel): Condition[] => {
  const conditions: (Condition | null)[] = [
    filter.band ? inBand(filter.band, at, model) : null,
    filter.tier ? equals('profile', 'profiles."usageTier"', filter.tier) : null,
    filter.grade ? equals('profile', 'profiles."fitGrade"', filter.grade) : null,
    filter.owner ? equals('lead', 'leads."owner"', filter.owner) : null,
    filter.accountId ? equals('lead', 'leads."accountId"', filter.accountId) : null,
    filter.q ? search(filter.q) : null,
  ];
  return conditions.filter((condition) => condition !== null);
};

/** What the filters mean as of `at`. Tables that no filter asks for are not joined. @throws UserError `unknown_band` */
export const restrictionOf = (filter: LeadFilter, at: number, model: CompiledModel): Restriction => {
  const conditions = conditionsOf(filter, at, model);
  const needs = new Set(conditions.map((condition) => condition.needs));
  const joins = `${needs.has('lead') || needs.has('account') ? leadJoin : ''}${needs.has('account') ? accountJoin : ''}`;
  return {
    joins,
    where: conditions.map(({ where }) => ` AND ${where}`).join(''),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
};
