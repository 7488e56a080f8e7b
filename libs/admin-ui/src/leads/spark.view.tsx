import { useWorkspace } from '../workspace/workspace.context';
import { text } from '../text/catalogue';

const WIDTH = 72;
const HEIGHT = 22;
const PAD = 2;
/** A lead that hardly moves shall look flat: the axis spans at least so many score points. */
const LEAST_SPAN = 12;

/** Corner points of a line through `values`, oldest first, in the spark's box. */
export function sparkPoints(values: readonly number[]): { x: number; y: number }[] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = Math.max(high - low, LEAST_SPAN);
  const floor = Math.max(0, Math.min(low, 100 - span));
  const step = values.length > 1 ? (WIDTH - 2 * PAD) / (values.length - 1) : 0;
  const round = (value: number): number => Math.round(value * 10) / 10;
  return values.map((value, index) => ({
    x: round(PAD + index * step),
    y: round(HEIGHT - PAD - ((value - floor) / span) * (HEIGHT - 2 * PAD)),
  }));
}

/** The score of the last 14 days as a small line. */
export function Spark({ values }: { values: readonly number[] }) {
  const { formats } = useWorkspace();
  const points = sparkPoints(values);
  const last = points[points.length - 1];
  if (last === undefined) return <span className="rk-dim">{text.dash}</span>;
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ');
  const label = text.leads.spark(formats.score(values[0] ?? 0), formats.score(values[values.length - 1] ?? 0));
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline points={line} fill="none" stroke="var(--rk-cool-fill)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={last.x} cy={last.y} r="2" fill="var(--rk-cool)" />
    </svg>
  );
}
