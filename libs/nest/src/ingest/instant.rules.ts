/** Instants before this are kept and never scored. */
export const FIRST_SCORED_INSTANT = Date.UTC(2000, 0, 1);
const MOST_AHEAD_MS = 86_400_000;
const LAST_DATE_MS = 8.64e15;

/** The instants of one event, epoch ms. */
export interface EventInstants {
  /** As sent, corrected for the sender's clock. */
  timestamp: number;
  /** As of when it counts: never later than it was received. */
  at: number;
  /** False for instants before the year 2000. */
  isScored: boolean;
  code: 'clock_adjusted' | 'timestamp_out_of_range' | null;
}

/** As every client of today writes it, on a day that every month has: nothing to put right. */
const plainForm = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d\.\d{3}Z$/;
const isoForm =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

function isoOf(match: RegExpExecArray): string {
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    match;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour}:${minute}:${second}.${millis}${offset}`;
}

/** 31 February is no day, though JavaScript reads it as one in March. */
function isDayOfMonth(match: RegExpExecArray): boolean {
  const lastDay = new Date(Date.UTC(2000 + (Number(match[1]) % 400), Number(match[2]), 0)).getUTCDate();
  return Number(match[3]) <= lastDay;
}

/**
 * Reads an instant: ISO 8601 (without a zone: UTC; fractions beyond milliseconds are cut) or whole epoch milliseconds.
 * Null when it is neither.
 */
export function instantOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) <= LAST_DATE_MS ? value : null;
  if (typeof value !== 'string') return null;
  const instant = Date.parse(plainForm.test(value) ? value : normalised(value.trim()));
  return Number.isNaN(instant) ? null : instant;
}

/** The one spelling JavaScript must understand; empty for what is no instant. */
function normalised(value: string): string {
  const match = isoForm.exec(value);
  return match && isDayOfMonth(match) ? isoOf(match) : '';
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** What the sender's clock was wrong by, as far as `sentAt` tells; nonsense in it tells nothing. */
function skewOf(sentAt: unknown, receivedAt: number): number {
  const sent = isAbsent(sentAt) ? null : instantOf(sentAt);
  return sent === null || sent < FIRST_SCORED_INSTANT ? 0 : receivedAt - sent;
}

/**
 * The time rules. Event time is `timestamp`, else `originalTimestamp`, else the moment of receipt; with `sentAt` it is
 * receivedAt − (sentAt − time), as Segment does. More than 24 hours ahead: taken as received now, `clock_adjusted`.
 * Before 2000: kept, not scored, `timestamp_out_of_range`. Null: a time was given and is none.
 */
export function instantsOf(
  item: { timestamp?: unknown; originalTimestamp?: unknown; sentAt?: unknown },
  receivedAt: number,
): EventInstants | null {
  const given = isAbsent(item.timestamp) ? item.originalTimestamp : item.timestamp;
  if (isAbsent(given)) return { timestamp: receivedAt, at: receivedAt, isScored: true, code: null };
  const original = instantOf(given);
  if (original === null) return null;
  if (original < FIRST_SCORED_INSTANT) {
    return { timestamp: original, at: original, isScored: false, code: 'timestamp_out_of_range' };
  }
  const timestamp = original + skewOf(item.sentAt, receivedAt);
  if (timestamp > receivedAt + MOST_AHEAD_MS) {
    return { timestamp: receivedAt, at: receivedAt, isScored: true, code: 'clock_adjusted' };
  }
  if (timestamp < FIRST_SCORED_INSTANT) {
    return { timestamp, at: timestamp, isScored: false, code: 'timestamp_out_of_range' };
  }
  return { timestamp, at: Math.min(timestamp, receivedAt), isScored: true, code: null };
}
