import { z } from 'zod';

/** An instant on the wire: ISO 8601, UTC. */
export const instantSchema = z.iso.datetime();

/**
 * A whole number in a query: decimal digits and nothing else. `0x1F`, `1e3`, blanks and a parameter given twice stay
 * what they are and fail as "not a number".
 */
export const queryInteger = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
    z.number().int().min(min).max(max),
  );

/** Query of every list: at most 200 rows a page, an opaque cursor from the page before. */
export const pageQuerySchema = z.strictObject({
  limit: queryInteger(1, 200).default(50),
  cursor: z.string().max(2_000).optional(),
});

/** A page of rows; `nextCursor` is null on the last page. `total` is exact where it is given. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ items: z.array(row), nextCursor: z.string().nullable(), total: z.number().int().optional() });
