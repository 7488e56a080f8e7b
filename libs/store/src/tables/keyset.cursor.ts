import { UserError } from '@rekindle/contracts';

/** Where a page of a list ordered by an instant (newest first) ended. */
export interface KeysetCursor {
  at: number;
  id: string;
}

/** One page of rows, newest first; `nextCursor` is null on the last page. */
export interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
}

/** Which page of a list: at most `limit` rows after `cursor`. */
export interface PageRequest {
  limit: number;
  cursor?: string | null | undefined;
}

const badCursor = (): UserError => new UserError('invalid_cursor', 'The cursor is not one that this list gave out.');

/** Makes an opaque cursor of a JSON value. */
export const encodeCursor = (value: unknown): string =>
  Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** The JSON value of an opaque cursor. @throws UserError `invalid_cursor` */
export const decodeCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
};

/** The instant and id where the page before ended, or null for the first page. @throws UserError `invalid_cursor` */
export const keysetOf = (cursor: string | null | undefined): KeysetCursor | null => {
  if (cursor === null || cursor === undefined) return null;
  const value = decodeCursor(cursor);
  if (!Array.isArray(value) || typeof value[0] !== 'number' || typeof value[1] !== 'string') throw badCursor();
  return { at: value[0], id: value[1] };
};

/** Cuts one row more than the limit into a page. */
export const pageOfRows = <Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => KeysetCursor): Page<Row> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, nextCursor: null };
  const { at, id } = keyOf(last);
  return { items, nextCursor: encodeCursor([at, id]) };
};
