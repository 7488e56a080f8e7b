import type { Calibration, ModelFit } from '@rekindle/contracts';
import type { CalibrationReport, CompiledModel, ConversionRow, FittedModel, ScoringModel } from '@rekindle/scoring';
import { isoOf } from '../leads/score.mapping';

type Row = Calibration['bands']['total'];

function rowOf({ key, decided, won, lost, rate, interval, lift, isThin }: ConversionRow): Row {
  return { key, decided, won, lost, rate, interval, lift, isThin };
}

/** Of leads that are all decided. */
export function calibrationOf(
  report: CalibrationReport,
  about: { model: CompiledModel; at: number; rest: Pick<Calibration['leads'], 'withoutOutcome' | 'leftOut'> },
): Calibration {
  const { bands, deciles, auc, isBetterThanChance, warnings } = report;
  const { model, at, rest } = about;
  const order = model.document.engagement.bands.map(({ key }): string | null => key);
  const rank = ({ key }: ConversionRow): number => (key === null ? order.length : order.indexOf(key));
  return {
    at: isoOf(at),
    model: { key: model.key, version: model.version },
    leads: { won: bands.total.won, lost: bands.total.lost, ...rest },
    bands: { total: rowOf(bands.total), rows: bands.rows.toSorted((a, b) => rank(a) - rank(b)).map(rowOf) },
    deciles: {
      total: rowOf(deciles.total),
      rows: deciles.rows.map((row) => ({ ...rowOf(row), minScore: row.minScore, maxScore: row.maxScore })),
    },
    auc,
    isBetterThanChance,
    warnings,
  };
}

/** `draft` is what was fitted. */
export function modelFitOf(
  fitted: FittedModel,
  { draft, leftOut }: { draft: ScoringModel; leftOut: number },
): ModelFit {
  const { sample } = fitted;
  if (fitted.state === 'refused') return { state: 'refused', sample, leftOut, refusals: fitted.refusals };
  const labels = new Map(draft.engagement.signals.map(({ key, label }) => [key, label]));
  const features = fitted.features.map(({ target, key, pointsBefore, refusal, fitted: weight }) => {
    const { points, interval, isClear } = weight;
    return { target, key, label: labels.get(key) ?? key, pointsBefore, points, interval, isClear, refusal };
  });
  const { heldOutAuc, document } = fitted;
  return { state: 'fitted', sample, leftOut, heldOutAuc, features, document };
}
