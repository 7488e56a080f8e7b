import type { LeadHistory } from '../api/shapes';

/** So many signals get a colour of their own; the rest share one. */
export const MOST_SERIES = 6;
export const OTHER = 'other';

export interface ChartSeries {
  key: string;
  label: string;
  color: string;
}

/** One instant of the chart. `shares` stack up to the score; empty in the forecast. */
export interface ChartRow {
  at: number;
  score: number | null;
  forecast: number | null;
  shares: Record<string, number>;
}

export interface ChartModel {
  series: ChartSeries[];
  rows: ChartRow[];
  /** Cut-offs above zero, from the highest. */
  thresholds: { label: string; score: number }[];
  now: number;
  top: number;
}

type HistoryPoint = LeadHistory['points'][number];

const colorAt = (index: number): string => `var(--rk-series-${index + 1})`;

function loudestSignals(points: readonly HistoryPoint[]): string[] {
  const most = new Map<string, number>();
  for (const point of points) {
    for (const [signal, value] of Object.entries(point.bySignal)) {
      if (value > 0) most.set(signal, Math.max(most.get(signal) ?? 0, value));
    }
  }
  return [...most].sort((left, right) => right[1] - left[1]).map(([signal]) => signal);
}

/** The score split by each signal’s share of the gains; losses shrink all shares alike. */
function sharesOf(point: HistoryPoint, own: ReadonlySet<string>): Record<string, number> {
  const gains = Object.entries(point.bySignal).filter(([, value]) => value > 0);
  const sum = gains.reduce((total, [, value]) => total + value, 0);
  const shares: Record<string, number> = {};
  for (const [signal, value] of gains) {
    const key = own.has(signal) ? signal : OTHER;
    shares[key] = (shares[key] ?? 0) + (point.score * value) / sum;
  }
  return shares;
}

function seriesOf(history: LeadHistory, signals: readonly string[], otherLabel: string): ChartSeries[] {
  const labels = new Map(history.signals.map(({ key, label }) => [key, label]));
  const own = signals
    .slice(0, MOST_SERIES)
    .map((key, index) => ({ key, label: labels.get(key) ?? key, color: colorAt(index) }));
  if (signals.length <= MOST_SERIES) return own;
  return [...own, { key: OTHER, label: otherLabel, color: colorAt(MOST_SERIES) }];
}

function rowsOf(points: readonly HistoryPoint[], own: ReadonlySet<string>): ChartRow[] {
  const lastPast = points.filter((point) => !point.isForecast).at(-1);
  return points.map((point) => ({
    at: Date.parse(point.at),
    score: point.isForecast ? null : point.score,
    forecast: point.isForecast || point === lastPast ? point.score : null,
    shares: point.isForecast ? {} : sharesOf(point, own),
  }));
}

const AXIS_STEP = 20;

/** The axis ends at a round twenty above the highest score and the highest cut-off, at most at 100. */
function topOf(points: readonly HistoryPoint[], highest: number): number {
  const most = points.reduce((top, { score }) => Math.max(top, score), highest);
  return Math.min(100, Math.ceil((most + 5) / AXIS_STEP) * AXIS_STEP);
}

/** Everything the chart draws, from the server’s history. */
export function chartOf(history: LeadHistory, otherLabel: string): ChartModel {
  const signals = loudestSignals(history.points.filter((point) => !point.isForecast));
  const series = seriesOf(history, signals, otherLabel);
  const own = new Set(series.map(({ key }) => key));
  const thresholds = history.bands
    .filter(({ minScore }) => minScore > 0)
    .map(({ label, minScore }) => ({ label, score: minScore }))
    .sort((left, right) => right.score - left.score);
  return {
    series,
    rows: rowsOf(history.points, own),
    thresholds,
    now: Date.parse(history.now),
    top: topOf(history.points, thresholds[0]?.score ?? 0),
  };
}

/** Round scores for the axis. */
export const scoreTicks = (top: number): number[] =>
  Array.from({ length: Math.floor(top / AXIS_STEP) + 1 }, (_, index) => index * AXIS_STEP);

/** About `count` instants, evenly spread, for the axis. */
export function ticksOf(rows: readonly ChartRow[], count: number): number[] {
  const first = rows[0]?.at;
  const last = rows.at(-1)?.at;
  if (first === undefined || last === undefined || count < 2) return [];
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, index) => Math.round(first + index * step));
}
