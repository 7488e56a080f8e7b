import { DAY_MS, type DayBucket, type Profile } from '@rekindle/scoring';

/** A way to write down the day buckets of a profile, and back. */
export interface Encoding {
  name: string;
  encode: (signals: Profile['signals'], halfLifeMs: number) => string;
  decode: (text: string, halfLifeMs: number) => Profile['signals'];
}

/** Sums are whole multiples of this (profile.apply.ts), so that they fit integers. */
const STEPS = 2 ** 42;

const worthOf = (offset: number, halfLifeMs: number): number =>
  Math.round(Math.exp((offset / halfLifeMs) * Math.LN2) * STEPS);

/** Sum in steps, without the one per event that is always in it. */
const excessOf = ({ sum, count }: DayBucket): number => (sum - count) * STEPS;

const objects: Encoding = {
  name: 'objects in JSON (as stored)',
  encode: (signals) => JSON.stringify(signals),
  decode: (text) => JSON.parse(text) as Profile['signals'],
};

type Columns = [days: number[], counts: number[], excesses: number[], offsets: number[]];

const columns: Encoding = {
  name: 'columns in JSON, day and time as differences',
  encode: (signals) => {
    const entries = Object.entries(signals).map(([key, buckets]): [string, Columns] => {
      const table: Columns = [[], [], [], []];
      let before = 0;
      for (const bucket of buckets) {
        table[0].push(bucket.day - before);
        table[1].push(bucket.count);
        table[2].push(excessOf(bucket));
        table[3].push(bucket.last - bucket.day * DAY_MS);
        before = bucket.day;
      }
      return [key, table];
    });
    return JSON.stringify(Object.fromEntries(entries));
  },
  decode: (text) => {
    const tables = JSON.parse(text) as Record<string, Columns>;
    return Object.fromEntries(
      Object.entries(tables).map(([key, [days, counts, excesses, offsets]]) => {
        let day = 0;
        return [
          key,
          days.map((step, index): DayBucket => {
            day += step;
            const count = counts[index] ?? 0;
            const sum = count + (excesses[index] ?? 0) / STEPS;
            return { day, count, sum, last: day * DAY_MS + (offsets[index] ?? 0) };
          }),
        ];
      }),
    );
  },
};

/** Bytes of non-negative integers up to 2^53, seven bits each, the lowest first (LEB128). */
class ByteWriter {
  readonly bytes: number[] = [];

  put(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
  }
}

class ByteReader {
  #next = 0;

  constructor(readonly bytes: Uint8Array) {}

  take(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.#next] ?? 0;
      this.#next += 1;
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
    }
  }
}

/** Of a day with one event the sum follows from its instant; `isDerived` leaves it out. */
function binary(name: string, isDerived: boolean): Encoding {
  return {
    name,
    encode: (signals) => {
      const packed = Object.entries(signals).map(([key, buckets]) => {
        const writer = new ByteWriter();
        let before = 0;
        for (const bucket of buckets) {
          writer.put(2 * (bucket.day - before) + Number(bucket.count > 1));
          if (bucket.count > 1) writer.put(bucket.count);
          writer.put(bucket.last - bucket.day * DAY_MS);
          if (bucket.count > 1 || !isDerived) writer.put(excessOf(bucket));
          before = bucket.day;
        }
        return [key, buckets.length, Buffer.from(writer.bytes).toString('base64')];
      });
      return JSON.stringify(packed);
    },
    decode: (text, halfLifeMs) => {
      const packed = JSON.parse(text) as [string, number, string][];
      return Object.fromEntries(
        packed.map(([key, length, bytes]) => {
          const reader = new ByteReader(Buffer.from(bytes, 'base64'));
          let day = 0;
          const buckets = Array.from({ length }, (): DayBucket => {
            const head = reader.take();
            day += Math.floor(head / 2);
            const count = head % 2 === 1 ? reader.take() : 1;
            const offset = reader.take();
            const steps = count > 1 || !isDerived ? reader.take() + count * STEPS : worthOf(offset, halfLifeMs);
            return { day, count, sum: steps / STEPS, last: day * DAY_MS + offset };
          });
          return [key, buckets];
        }),
      );
    },
  };
}

/** Every encoding gives back the very same buckets. */
export const encodings: readonly Encoding[] = [
  objects,
  columns,
  binary('varints in base64', false),
  binary('varints in base64, sums of single events left out', true),
];
