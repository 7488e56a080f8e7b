import {
  DAY_MS,
  PackReader,
  packProfile,
  PackWriter,
  unpackProfile,
  type DayBucket,
  type Profile,
} from '@rekindle/scoring';

/** A way to write down a profile, and back. */
export interface Encoding {
  name: string;
  encode: (profile: Profile) => string;
  decode: (text: string) => Profile;
}

/** Sums are whole multiples of this, so that they fit integers. */
const STEPS = 2 ** 42;

const objects: Encoding = {
  name: 'objects in JSON',
  encode: (profile) => JSON.stringify(profile),
  decode: (text) => JSON.parse(text) as Profile,
};

type Columns = [days: number[], counts: number[], excesses: number[], offsets: number[]];
type InColumns = Omit<Profile, 'signals'> & { signals: Record<string, Columns> };

function columnsOf(buckets: readonly DayBucket[]): Columns {
  const table: Columns = [[], [], [], []];
  let before = 0;
  for (const { day, count, sum, last } of buckets) {
    table[0].push(day - before);
    table[1].push(count);
    table[2].push((sum - count) * STEPS);
    table[3].push(last - day * DAY_MS);
    before = day;
  }
  return table;
}

function bucketsOf([days, counts, excesses, offsets]: Columns): DayBucket[] {
  let day = 0;
  return days.map((step, index): DayBucket => {
    day += step;
    const count = counts[index] ?? 0;
    return { day, count, sum: count + (excesses[index] ?? 0) / STEPS, last: day * DAY_MS + (offsets[index] ?? 0) };
  });
}

const columns: Encoding = {
  name: 'columns in JSON, day and time as differences',
  encode: ({ signals, ...rest }) => {
    const tables = Object.entries(signals).map(([key, buckets]) => [key, columnsOf(buckets)] as const);
    return JSON.stringify({ ...rest, signals: Object.fromEntries(tables) });
  },
  decode: (text) => {
    const { signals, ...rest } = JSON.parse(text) as InColumns;
    const lists = Object.entries(signals).map(([key, table]) => [key, bucketsOf(table)] as const);
    return { ...rest, signals: Object.fromEntries(lists) };
  },
};

const stored: Encoding = {
  name: 'packed, as stored',
  encode: (profile) => {
    const writer = new PackWriter();
    packProfile(writer, profile);
    return writer.text();
  },
  decode: (text) => unpackProfile(new PackReader(text)),
};

/** Every encoding gives back the very same profile. */
export const encodings: readonly Encoding[] = [objects, columns, stored];
