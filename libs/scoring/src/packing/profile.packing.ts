import { DAY_MS, type DayBucket, type DayCount, type LifecycleTrace, type Profile, type UsageState } from '../profile';
import { bucketWorth, SUM_STEPS } from '../profile/bucket.worth';
import { putOwn } from '../profile/instant.list';
import type { PackReader } from './pack.reader';
import type { PackWriter } from './pack.writer';

/**
 * Writes a profile in a ninth of the bytes it has as plain JSON (ADR 7). Nothing is lost.
 * Throws RangeError for an instant that is no whole ms.
 */
export function packProfile(writer: PackWriter, profile: Profile): void {
  const { halfLifeMs, signals, instants } = profile;
  writer.putSignedOrNull(halfLifeMs);
  writer.putSignedOrNull(profile.firstAt);
  writer.putSignedOrNull(profile.lastAt);
  writer.put(profile.totalEvents);
  const entries = Object.entries(signals);
  writer.put(entries.length);
  for (const [key, buckets] of entries) {
    writer.putName(key);
    putBuckets(writer, buckets, halfLifeMs);
  }
  putOptional(writer, instants, putLists);
  putUsage(writer, profile.usage);
}

/** The profile written by {@link packProfile}. */
export function unpackProfile(reader: PackReader): Profile {
  const halfLifeMs = reader.takeSignedOrNull();
  const firstAt = reader.takeSignedOrNull();
  const lastAt = reader.takeSignedOrNull();
  const totalEvents = reader.take();
  const signals: Record<string, DayBucket[]> = {};
  for (let rest = reader.take(); rest > 0; rest -= 1) {
    const key = reader.takeName();
    signals[key] = takeBuckets(reader, halfLifeMs ?? 1);
  }
  const instants = takeOptional(reader, takeLists);
  const usage = takeUsage(reader);
  const profile: Profile = { version: 1, halfLifeMs, firstAt, lastAt, totalEvents, signals, usage };
  if (instants !== undefined) profile.instants = instants;
  return profile;
}

function putUsage(writer: PackWriter, usage: UsageState): void {
  writer.put(usage.totalEvents);
  writer.put(usage.excludedEvents);
  writer.putSignedOrNull(usage.lastAt);
  putLists(writer, usage.features);
  putOptional(writer, usage.products, putLists);
  putOptional(writer, usage.lifecycle, putLifecycle);
}

function takeUsage(reader: PackReader): UsageState {
  const totalEvents = reader.take();
  const excludedEvents = reader.take();
  const lastAt = reader.takeSignedOrNull();
  const usage: UsageState = { features: takeLists(reader), totalEvents, excludedEvents, lastAt };
  const products = takeOptional(reader, takeLists);
  const lifecycle = takeOptional(reader, takeLifecycle);
  if (products !== undefined) usage.products = products;
  if (lifecycle !== undefined) usage.lifecycle = lifecycle;
  return usage;
}

function putOptional<T>(writer: PackWriter, part: T | undefined, put: (writer: PackWriter, part: T) => void): void {
  writer.put(part === undefined ? 0 : 1);
  if (part !== undefined) put(writer, part);
}

function takeOptional<T>(reader: PackReader, take: (reader: PackReader) => T): T | undefined {
  return reader.take() === 0 ? undefined : take(reader);
}

/** Gaps of up to so many days share five digits with the time of day. */
const MOST_NEAR_DAYS = 5;

/**
 * Five digits a bucket: the time of day of its last event, the days since the bucket before, and whether it is of one
 * event, whose sum follows from its time. Farther days, several events and sums under another half-life take more.
 */
function putBuckets(writer: PackWriter, buckets: readonly DayBucket[], halfLifeMs: number | null): void {
  writer.put(buckets.length);
  let before = 0;
  for (const { day, count, sum, last } of buckets) {
    const gap = day - before;
    const isNear = gap > 0 && gap <= MOST_NEAR_DAYS;
    const timeOfDay = last - day * DAY_MS;
    const isLone = count === 1 && halfLifeMs !== null && sum === bucketWorth(timeOfDay, halfLifeMs);
    writer.putFive(timeOfDay + DAY_MS * (2 * (isNear ? gap : 0) + (isLone ? 1 : 0)));
    if (!isNear) writer.putSigned(gap);
    if (!isLone) {
      writer.put(count);
      writer.put((sum - count) * SUM_STEPS);
    }
    before = day;
  }
}

function takeBuckets(reader: PackReader, halfLifeMs: number): DayBucket[] {
  const buckets: DayBucket[] = [];
  let day = 0;
  for (let rest = reader.take(); rest > 0; rest -= 1) {
    const head = reader.takeFive();
    const timeOfDay = head % DAY_MS;
    const code = (head - timeOfDay) / DAY_MS;
    day += code > 1 ? code >> 1 : reader.takeSigned();
    const isLone = code % 2 === 1;
    const count = isLone ? 1 : reader.take();
    const sum = isLone ? bucketWorth(timeOfDay, halfLifeMs) : count + reader.take() / SUM_STEPS;
    buckets.push({ day, count, sum, last: day * DAY_MS + timeOfDay });
  }
  return buckets;
}

/** Instants by key, each list as differences. */
function putLists(writer: PackWriter, lists: Readonly<Record<string, readonly number[]>>): void {
  const entries = Object.entries(lists);
  writer.put(entries.length);
  for (const [key, instants] of entries) {
    writer.putName(key);
    writer.put(instants.length);
    let before = 0;
    for (const instant of instants) {
      writer.putSigned(instant - before);
      before = instant;
    }
  }
}

function takeLists(reader: PackReader): Record<string, number[]> {
  const lists: Record<string, number[]> = {};
  for (let rest = reader.take(); rest > 0; rest -= 1) {
    const instants: number[] = [];
    putOwn(lists, reader.takeName(), instants);
    let instant = 0;
    for (let left = reader.take(); left > 0; left -= 1) {
      instant += reader.takeSigned();
      instants.push(instant);
    }
  }
  return lists;
}

function putLifecycle(writer: PackWriter, { activatedAt, lastCoreAt, lastSessionAt, coreDays }: LifecycleTrace): void {
  writer.putSignedOrNull(activatedAt);
  writer.putSignedOrNull(lastCoreAt);
  writer.putSignedOrNull(lastSessionAt);
  writer.put(coreDays.length);
  let before = 0;
  for (const { day, count } of coreDays) {
    writer.putSigned(day - before);
    writer.put(count);
    before = day;
  }
}

function takeLifecycle(reader: PackReader): LifecycleTrace {
  const activatedAt = reader.takeSignedOrNull();
  const lastCoreAt = reader.takeSignedOrNull();
  const lastSessionAt = reader.takeSignedOrNull();
  const coreDays: DayCount[] = [];
  let day = 0;
  for (let rest = reader.take(); rest > 0; rest -= 1) {
    day += reader.takeSigned();
    coreDays.push({ day, count: reader.take() });
  }
  return { activatedAt, lastCoreAt, lastSessionAt, coreDays };
}
