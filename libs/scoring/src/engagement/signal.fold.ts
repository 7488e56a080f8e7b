import type { CompiledGroup, CompiledModel, CompiledSignal } from '../model/model.compile';
import { smallPowerOfTwo } from '../numeric/exponent';
import { DAY_MS, type DayBucket, type Profile } from '../profile';

/** One signal's share of a standing: its events so far, and its signed points as of an instant the holder names. */
export interface SignalShare {
  signal: CompiledSignal;
  count: number;
  points: number;
  lastAt: number;
}

/** A share whose points are as of 00:00 UTC of a day. */
export interface FoldedShare extends SignalShare {
  asOfDay: number;
}

const noBuckets: readonly DayBucket[] = [];

/** A signal's buckets by its key; empty when it has none (also for a key such as `constructor`). */
export function bucketsOf(profile: Profile, key: string): readonly DayBucket[] {
  // Asked of its own keys first: reading a key that is not there costs several times as much.
  return Object.hasOwn(profile.signals, key) ? (profile.signals[key] ?? noBuckets) : noBuckets;
}

/**
 * Running total of one signal, day by day: it decays, gains the day's sum (shared out over the daily limit) and is
 * clipped to the most points as of the day's last event. Everything is measured at 00:00 UTC of the day, so that
 * steps are whole days. Null without an event until `untilDay`.
 */
export function foldSignal(
  signal: CompiledSignal,
  buckets: readonly DayBucket[],
  model: CompiledModel,
  untilDay: number,
): FoldedShare | null {
  if (signal.mostPoints === Number.POSITIVE_INFINITY) return foldFreely(signal, buckets, model, untilDay);
  let total = 0;
  let count = 0;
  let latest: DayBucket | null = null;
  for (const bucket of buckets) {
    if (bucket.day > untilDay) break;
    if (latest !== null) total *= decayOverDays(bucket.day - latest.day, model);
    total = withDay(total, bucket, signal, model);
    count += bucket.count;
    latest = bucket;
  }
  if (latest === null) return null;
  return { signal, count, points: signal.isNegative ? -total : total, lastAt: latest.last, asOfDay: latest.day };
}

/** As {@link foldSignal} without most points: each day decays by itself, which is sooner done than a running total. */
function foldFreely(
  signal: CompiledSignal,
  buckets: readonly DayBucket[],
  model: CompiledModel,
  untilDay: number,
): FoldedShare | null {
  const end = endOf(buckets, untilDay);
  const latest = buckets[end - 1];
  if (latest === undefined) return null;
  const { dailyLimit } = signal;
  const { dayDecay } = model;
  let total = 0;
  let count = 0;
  for (let index = 0; index < end; index += 1) {
    const bucket = buckets[index];
    if (bucket === undefined) break;
    const days = latest.day - bucket.day;
    const part = bucket.count > dailyLimit ? dailyLimit / bucket.count : 1;
    total += bucket.sum * part * (dayDecay[days] ?? decayOverDays(days, model));
    count += bucket.count;
  }
  total *= signal.magnitude;
  return { signal, count, points: signal.isNegative ? -total : total, lastAt: latest.last, asOfDay: latest.day };
}

/** How many of the buckets, which ascend, are of days until `untilDay`. */
function endOf(buckets: readonly DayBucket[], untilDay: number): number {
  let end = buckets.length;
  while (end > 0 && (buckets[end - 1]?.day ?? untilDay) > untilDay) end -= 1;
  return end;
}

/** One signal of a group on its way through the days. */
interface Run {
  signal: CompiledSignal;
  buckets: readonly DayBucket[];
  next: number;
  total: number;
  count: number;
  lastAt: number;
}

/**
 * Running totals of the signals of a group, day by day, each with its own limits as in {@link foldSignal}. At the end
 * of each day on which any of them was active the sum is clipped to the group's most points as of the day's last
 * event, and each total shrinks by the same factor. Like a signal's own clip this happens when events come, never as
 * time passes, so the rank stays static.
 */
export function foldGroup(
  group: CompiledGroup,
  profile: Profile,
  model: CompiledModel,
  untilDay: number,
): FoldedShare[] {
  const runs = group.signals.map((signal): Run => ({
    signal,
    buckets: bucketsOf(profile, signal.definition.key),
    next: 0,
    total: 0,
    count: 0,
    lastAt: 0,
  }));
  let day: number | null = null;
  for (let next = nextDayOf(runs); next <= untilDay && Number.isFinite(next); next = nextDayOf(runs)) {
    const decay = day === null ? 1 : decayOverDays(next - day, model);
    for (const run of runs) run.total *= decay;
    day = next;
    clip(runs, group.mostPoints, takeDay(runs, day, model));
  }
  const asOfDay = day ?? 0;
  return runs
    .filter(({ count }) => count > 0)
    .map(({ signal, count, total, lastAt }) => ({
      signal,
      count,
      points: signal.isNegative ? -total : total,
      lastAt,
      asOfDay,
    }));
}

function nextDayOf(runs: readonly Run[]): number {
  return runs.reduce(
    (first, { buckets, next }) => Math.min(first, buckets[next]?.day ?? first),
    Number.POSITIVE_INFINITY,
  );
}

/** Adds a day's buckets to the runs; returns how much one point at the day's last event is at its start. */
function takeDay(runs: readonly Run[], day: number, model: CompiledModel): number {
  let last = day * DAY_MS;
  for (const run of runs) {
    const bucket = run.buckets[run.next];
    if (bucket?.day !== day) continue;
    run.total = withDay(run.total, bucket, run.signal, model);
    run.count += bucket.count;
    run.lastAt = bucket.last;
    run.next += 1;
    last = Math.max(last, bucket.last);
  }
  return growthInDay(day, last, model);
}

function clip(runs: readonly Run[], mostPoints: number, growth: number): void {
  const sum = runs.reduce((total, run) => total + run.total, 0);
  const most = mostPoints * growth;
  if (sum <= most) return;
  for (const run of runs) run.total *= most / sum;
}

function withDay(before: number, bucket: DayBucket, signal: CompiledSignal, model: CompiledModel): number {
  const part = bucket.count > signal.dailyLimit ? signal.dailyLimit / bucket.count : 1;
  const total = before + signal.magnitude * bucket.sum * part;
  if (total <= signal.mostPoints) return total;
  return Math.min(total, signal.mostPoints * growthInDay(bucket.day, bucket.last, model));
}

/** How much a point at an instant (ms) of a day is at 00:00 UTC of that day: 2^(time of day / halfLife), from 1 up. */
export function growthInDay(day: number, instant: number, model: CompiledModel): number {
  return smallPowerOfTwo((instant - day * DAY_MS) / model.halfLifeMs);
}

/** What whole days leave of a point: 2^(−days / halfLife). */
export function decayOverDays(days: number, model: CompiledModel): number {
  return model.dayDecay[days] ?? 2 ** ((-days * DAY_MS) / model.halfLifeMs);
}
