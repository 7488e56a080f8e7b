import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Formats } from '../format/formats';
import { text } from '../text/catalogue';
import { scoreTicks, ticksOf, type ChartModel, type ChartRow } from './chart.series';
import styles from './lead.module.css';

const HEIGHT = 270;
const axisText = { fill: 'var(--rk-dim)', fontSize: 12 };

export interface ScoreChartProps {
  model: ChartModel;
  /** Only this signal is drawn; null draws all. */
  isolated: string | null;
  formats: Formats;
  description: string;
}

interface HoverProps {
  active?: boolean;
  row: ChartRow | undefined;
  model: ChartModel;
  formats: Formats;
}

function Hover({ active, row, model, formats }: HoverProps) {
  if (active !== true || row === undefined) return null;
  const shares = model.series
    .map((series) => ({ ...series, share: row.shares[series.key] ?? 0 }))
    .filter(({ share }) => share >= 0.5)
    .sort((left, right) => right.share - left.share);
  return (
    <div className={styles.hover}>
      <div className={styles.hoverHead}>
        <span>{formats.day(row.at)}</span>
        <b>{formats.score(row.score ?? row.forecast ?? 0)}</b>
      </div>
      {row.score === null && <div className="rk-dim">{text.lead.chart.forecast}</div>}
      {shares.map(({ key, label, color, share }) => (
        <div key={key} className={styles.hoverRow}>
          <span className={styles.swatch} style={{ background: color }} />
          {label}
          <span className="rk-number">{formats.score(share)}</span>
        </div>
      ))}
    </div>
  );
}

const rowOf = (payload: readonly { payload?: ChartRow }[] | undefined): ChartRow | undefined => payload?.[0]?.payload;

function thresholdLines(model: ChartModel) {
  return model.thresholds.map(({ label, score }) => (
    <ReferenceLine
      key={label}
      y={score}
      stroke="var(--rk-dim)"
      strokeDasharray="2 3"
      label={{ value: `${label} ${score}`, position: 'insideTopLeft', ...axisText }}
    />
  ));
}

function stackedAreas(model: ChartModel, isolated: string | null) {
  return model.series
    .filter(({ key }) => isolated === null || key === isolated)
    .map(({ key, label, color }) => (
      <Area
        key={key}
        name={label}
        dataKey={(row: ChartRow) => (row.score === null ? null : (row.shares[key] ?? 0))}
        stackId="score"
        stroke={color}
        strokeWidth={1}
        fill={color}
        fillOpacity={0.55}
        isAnimationActive={false}
        activeDot={false}
        type="linear"
      />
    ));
}

/** Score over time, stacked by signal, with the bands’ cut-offs and the forecast. Loads Recharts: import it lazily. */
export function ScoreChart({ model, isolated, formats, description }: ScoreChartProps) {
  const { rows } = model;
  const line = { dot: false, isAnimationActive: false, stroke: 'var(--rk-chart-line)', type: 'linear' } as const;
  return (
    <figure className={styles.figure} role="img" aria-label={description}>
      <ResponsiveContainer width="100%" height={HEIGHT} minWidth={0}>
        <ComposedChart data={rows} margin={{ top: 8, right: 12, bottom: 0, left: -18 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--rk-line)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            ticks={ticksOf(rows, 6)}
            tickFormatter={(at: number) => formats.day(at)}
            tick={axisText}
            tickLine={false}
            axisLine={{ stroke: 'var(--rk-line-strong)' }}
            minTickGap={24}
          />
          <YAxis
            domain={[0, model.top]}
            tick={axisText}
            tickLine={false}
            axisLine={false}
            ticks={scoreTicks(model.top)}
          />
          {stackedAreas(model, isolated)}
          <Line {...line} dataKey="score" strokeWidth={1.6} />
          <Line {...line} dataKey="forecast" strokeWidth={1.6} strokeDasharray="5 4" />
          {thresholdLines(model)}
          <ReferenceLine
            x={model.now}
            stroke="var(--rk-dim)"
            label={{ value: text.lead.chart.today, position: 'insideTopRight', ...axisText }}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--rk-dim)' }}
            content={({ active, payload }) => (
              <Hover active={active} row={rowOf(payload)} model={model} formats={formats} />
            )}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}
