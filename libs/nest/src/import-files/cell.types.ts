import type { CellType, DateOrder } from '@rekindle/contracts';

const numberForm = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const isoDate = /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
const numericDate =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:\s*([ap]m))?)?$/i;
const epochForm = /^1\d{9}$|^1\d{12}$/;
const flags = new Map([
  ['yes', true],
  ['true', true],
  ['y', true],
  ['1', true],
  ['no', false],
  ['false', false],
  ['n', false],
  ['0', false],
]);

/** True for text that spreadsheets and databases write for an instant or a day. */
export function looksLikeDate(text: string): boolean {
  return isoDate.test(text) || numericDate.test(text);
}

/** The one type that all of these cells fit; text where there are none. */
export function typeOfCells(cells: readonly string[]): CellType {
  if (cells.length === 0) return 'text';
  if (cells.every((cell) => numberForm.test(cell))) return 'number';
  if (cells.every(looksLikeDate)) return 'date';
  return cells.every((cell) => /^(yes|no|true|false)$/i.test(cell)) ? 'flag' : 'text';
}

/** Which number is the month, as far as cells such as 25/3/2026 show it. */
export function dateOrderOf(cells: readonly string[]): DateOrder {
  const isDayFirst = cells.some((cell) => Number(numericDate.exec(cell)?.[1]) > 12);
  const hasDots = cells.some((cell) => /^\d{1,2}\.\d{1,2}\.\d{4}/.test(cell));
  return isDayFirst || hasDots ? 'day-first' : 'month-first';
}

function hourOf(hour: string, half: string | undefined): number {
  if (half === undefined) return Number(hour);
  return (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function numericInstant(match: RegExpExecArray, order: DateOrder): string {
  const [, first = '', second = '', year = '', hour = '0', minute = '00', seconds = '00', half] = match;
  const [month, day] = order === 'month-first' ? [first, second] : [second, first];
  const time = `${String(hourOf(hour, half)).padStart(2, '0')}:${minute}:${seconds}`;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}.000Z`;
}

/**
 * An instant as a text the tracking API reads, or a number of epoch ms: ISO 8601 as it is, 3/4/2026 by `order`, epoch
 * seconds or milliseconds. Null: no date. Without a zone: UTC.
 */
export function dateOf(cell: unknown, order: DateOrder): string | number | null {
  if (typeof cell === 'number' && Number.isInteger(cell)) return Math.abs(cell) < 1e11 ? cell * 1_000 : cell;
  if (typeof cell !== 'string') return null;
  const text = cell.trim();
  if (isoDate.test(text)) return text;
  if (epochForm.test(text)) return text.length === 10 ? Number(text) * 1_000 : Number(text);
  const match = numericDate.exec(text);
  return match ? numericInstant(match, order) : null;
}

/** A cell as a number, or null. */
export function numberOf(cell: unknown): number | null {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string') return null;
  const text = cell.trim();
  return /^[+-]?\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : null;
}

/** A cell as yes or no, or null. */
export function flagOf(cell: unknown): boolean | null {
  if (typeof cell === 'boolean') return cell;
  return flags.get(String(cell).trim().toLowerCase()) ?? null;
}
