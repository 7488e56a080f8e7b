import { z } from 'zod';
import { conditionSchema } from '../condition/condition.schema';
import { unclusteredScoreOf } from '../engagement/published.score';
import { cellsFor } from '../model/default.cells';
import { defaultModel } from '../model/default.model';
import type { ModelIssue } from '../model/model.check';
import { keySchema, labelSchema, type ScoringModel, signalKindSchema } from '../model/model.schema';
import { InvalidModelError, modelIssues, shapeIssues } from '../model/model.validate';

const LEAST = 1;
const MOST = 10;
/** Points worth the middle of the scale: three of the weightiest events. */
const HALF_SCORE_POINTS = 15;

const tenPointSchema = z.number().int().min(LEAST).max(MOST);

/** An engagement score as WebEngage users set it up; {@link webEngageModel} makes a model of it. */
export const webEngageSettingsSchema = z.strictObject({
  key: keySchema,
  name: labelSchema,
  events: z
    .array(
      z.strictObject({
        key: keySchema,
        label: labelSchema,
        kind: signalKindSchema,
        match: conditionSchema,
        /** 1 (least) to 5 (most engaged), whole numbers only. */
        weight: z.number().int().min(1).max(5),
      }),
    )
    .min(1)
    .max(100),
  /** Events older than this count nothing, younger ones in full. */
  lookbackDays: z.number().int().min(1).max(730),
  /** Pushes scores to the ends of the scale; the order of leads stays, and switching it off restores every score. */
  isClustered: z.boolean(),
  /** Names for stretches of the scale, both ends included; together they cover 1–10 once. */
  categories: z
    .array(z.strictObject({ key: keySchema, label: labelSchema, from: tenPointSchema, to: tenPointSchema }))
    .min(2)
    .max(MOST),
  /** Weeks between refreshes, or live. */
  refresh: z.union([z.literal('live'), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
});
export type WebEngageSettings = z.infer<typeof webEngageSettingsSchema>;

/** Every error of WebEngage settings with its path; empty when a model can be made of them. */
export function webEngageIssues(settings: unknown): ModelIssue[] {
  const parsed = webEngageSettingsSchema.safeParse(settings);
  if (!parsed.success) return shapeIssues(parsed.error.issues, []);
  const coverage = coverageIssues(parsed.data.categories);
  return coverage.length > 0 ? coverage : modelIssues(modelOf(parsed.data));
}

/**
 * A scoring model that reads like WebEngage's: weights 1–5, a score of whole numbers 1–10 over a lookback, categories as
 * bands. A lead with no event in the lookback has a 1; one that never had any has no score. Usage, fit and priority are
 * the default model's. Throws {@link InvalidModelError} with every error and its path.
 */
export function webEngageModel(settings: unknown): ScoringModel {
  const issues = webEngageIssues(settings);
  if (issues.length > 0) throw new InvalidModelError(issues);
  return modelOf(webEngageSettingsSchema.parse(settings));
}

function modelOf({
  key,
  name,
  events,
  lookbackDays,
  isClustered,
  categories,
  refresh,
}: WebEngageSettings): ScoringModel {
  const refreshWeeks = refresh === 'live' ? {} : { refreshWeeks: refresh };
  return {
    ...defaultModel,
    key,
    name,
    engagement: {
      halfLifeDays: defaultModel.engagement.halfLifeDays,
      decay: { kind: 'window', days: lookbackDays },
      halfScorePoints: HALF_SCORE_POINTS,
      signals: events.map(({ weight, ...event }) => ({ ...event, weightPoints: weight })),
      bands: [...categories]
        .sort((one, other) => other.from - one.from)
        .map(({ from, ...band }) => ({ key: band.key, label: band.label, minScore: cutOffOf(from, isClustered) })),
      published: { scale: 'ten', isClustered, ...refreshWeeks },
    },
    priority: { ...defaultModel.priority, cells: cellsFor(categories.length) },
  };
}

/** The score 0–100 from which the published number is at least `from`. */
function cutOffOf(from: number, isClustered: boolean): number {
  const score = (from - LEAST) * MOST;
  return isClustered ? unclusteredScoreOf(score) : score;
}

function coverageIssues(categories: WebEngageSettings['categories']): ModelIssue[] {
  const issues: ModelIssue[] = [];
  const ascending = [...categories.entries()].sort(([, one], [, other]) => one.from - other.from);
  let covered = LEAST - 1;
  for (const [index, { from, to }] of ascending) {
    const path = `categories.${index}`;
    if (to < from) issues.push({ path: `${path}.to`, message: 'Must not be below where the category starts.' });
    if (from <= covered) issues.push({ path: `${path}.from`, message: `${from} is in another category already.` });
    if (from > covered + 1) issues.push({ path: `${path}.from`, message: `${covered + 1} is in no category.` });
    covered = Math.max(covered, to);
  }
  if (covered < MOST) issues.push({ path: 'categories', message: `${covered + 1} is in no category.` });
  return issues;
}
