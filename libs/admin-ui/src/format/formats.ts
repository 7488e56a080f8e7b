const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** A score that is exactly on a cut-off may come as 59.9999999. */
const SCORE_NOISE = 1e-6;
const JUST_NOW_MS = 45_000;
const MINUS = '\u2212';

/** How every number and instant of the admin is written: by Intl, in the workspace's timezone. */
export interface Formats {
  locale: string;
  timezone: string;
  /** `1,234` */
  integer(value: number): string;
  /** A score 0–100 in whole points, cut and not rounded: 59.9 has not reached a band that begins at 60. */
  score(value: number): string;
  /** Points with two decimals. */
  points(value: number): string;
  /** `+3.2`, `−1.1`, `0.0`: a change with its sign (a true minus) and one decimal. */
  signed(value: number): string;
  /** `12:03:05` */
  clock(instant: string | number): string;
  /** `21 Nov` */
  day(instant: string | number): string;
  /** `Sat, 21 Nov 2026, 12:03:05 GMT`: whole, with the zone; for tooltips. */
  full(instant: string | number): string;
  /** `2 min ago`, `in 12 days`; `now` is epoch ms. */
  relative(instant: string | number, now: number): string;
  /** `2m ago`, `12d ago`: for columns. */
  ago(instant: string | number, now: number): string;
}

const toMs = (instant: string | number): number => (typeof instant === 'number' ? instant : Date.parse(instant));

const relativeSteps: readonly { unit: Intl.RelativeTimeFormatUnit; ms: number; below: number }[] = [
  { unit: 'minute', ms: MINUTE_MS, below: HOUR_MS },
  { unit: 'hour', ms: HOUR_MS, below: DAY_MS },
  { unit: 'day', ms: DAY_MS, below: 60 * DAY_MS },
  { unit: 'month', ms: 30.44 * DAY_MS, below: 730 * DAY_MS },
  { unit: 'year', ms: 365.25 * DAY_MS, below: Number.POSITIVE_INFINITY },
];

function relativeBy(format: Intl.RelativeTimeFormat, difference: number): string {
  const size = Math.abs(difference);
  if (size < JUST_NOW_MS)
    return new Intl.RelativeTimeFormat(format.resolvedOptions().locale, { numeric: 'auto' }).format(0, 'second');
  const step = relativeSteps.find((candidate) => size < candidate.below) ?? relativeSteps[0];
  if (step === undefined) return '';
  const amount = Math.max(1, Math.trunc(size / step.ms));
  return format.format(difference < 0 ? -amount : amount, step.unit);
}

function numberFormats(locale: string): Pick<Formats, 'integer' | 'score' | 'points' | 'signed'> {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const points = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const withMinus = (text: string): string => text.replace('-', MINUS);
  return {
    integer: (value) => withMinus(integer.format(value)),
    score: (value) => integer.format(Math.floor(value + SCORE_NOISE)),
    points: (value) => withMinus(points.format(Math.abs(value) < 0.005 ? 0 : value)),
    signed: (value) => withMinus(signed.format(value)),
  };
}

/** Makes the formats of one workspace. Throws a RangeError when `timezone` is no IANA zone. */
export function createFormats(locale: string, timezone: string): Formats {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: timezone, hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: timezone });
  const full = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone: timezone,
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const narrow = new Intl.RelativeTimeFormat(new Intl.Locale(locale).language, { numeric: 'always', style: 'narrow' });
  return {
    locale,
    timezone,
    ...numberFormats(locale),
    clock: (instant) => clock.format(toMs(instant)),
    day: (instant) => day.format(toMs(instant)),
    full: (instant) => full.format(toMs(instant)),
    relative: (instant, now) => relativeBy(relative, toMs(instant) - now),
    ago: (instant, now) => relativeBy(narrow, toMs(instant) - now),
  };
}
