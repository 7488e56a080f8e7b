import { z } from 'zod';
import { UserError } from '@rekindle/contracts';
import { decodeCursor, encodeCursor } from '../tables/keyset.cursor';
import type { LeadSort } from './lead-list.row';

const positionSchema = z.union([
  /** After a lead with a value: `key` is what the index is sorted by, `value` the priority where that is the sort. */
  z.strictObject({ in: z.literal('ranked'), value: z.number(), key: z.number(), id: z.string() }),
  /** After a lead without one. */
  z.strictObject({ in: z.literal('unranked'), fitScore: z.number().int(), fitGrade: z.string(), id: z.string() }),
]);

const cursorSchema = z.strictObject({
  sort: z.enum(['-priority', '-engagement', '-lastActivityAt']),
  at: z.number(),
  after: positionSchema,
});

/** The last lead of the page before. */
export type LeadPosition = z.infer<typeof positionSchema>;

/** Where a walk through the list stands. */
export type LeadCursor = z.infer<typeof cursorSchema>;

/** The text of a cursor. */
export const leadCursorText = (cursor: LeadCursor): string => encodeCursor(cursor);

/** Reads a cursor of the list with this sort. @throws UserError `invalid_cursor` */
export const leadCursorOf = (text: string, sort: LeadSort): LeadCursor => {
  const parsed = cursorSchema.safeParse(decodeCursor(text));
  if (parsed.success && parsed.data.sort === sort) return parsed.data;
  throw new UserError('invalid_cursor', 'The cursor is not one that this list gave out for this sort.');
};
