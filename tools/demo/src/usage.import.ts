import { createHash } from 'node:crypto';

/** One line of an app's event log: newline-delimited JSON with `ts` (epoch ms), `userId`, `sessionId`, `page`. */
interface UsageRow {
  ts: number;
  userId?: string | number;
  sessionId?: string | number;
  page: string;
  level?: string;
  [field: string]: unknown;
}

/** A Segment track call made of one row. */
export interface UsageMessage {
  type: 'track';
  event: 'Feature Used';
  messageId: string;
  timestamp: string;
  userId?: string;
  anonymousId?: string;
  properties: Record<string, unknown>;
}

function isUsageRow(value: unknown): value is UsageRow {
  if (typeof value !== 'object' || value === null) return false;
  const row = value as Partial<UsageRow>;
  return typeof row.ts === 'number' && Number.isFinite(row.ts) && typeof row.page === 'string' && row.page !== '';
}

/**
 * Turns a line into a call: the page becomes the feature. A row without a user belongs to its session's visitor,
 * so rows of strangers never add up to one lead. The message id is made of the line and its number: the same file
 * twice changes nothing.
 *
 * @throws SyntaxError or RangeError when the line is no such row
 */
export function usageMessage(line: string, lineNumber: number): UsageMessage {
  const row: unknown = JSON.parse(line);
  if (!isUsageRow(row)) throw new RangeError('a row needs a numeric ts and a page');
  const userId = String(row.userId ?? '').trim();
  const digest = createHash('sha256').update(`${lineNumber}\n${line}`).digest('hex').slice(0, 32);
  return {
    type: 'track',
    event: 'Feature Used',
    messageId: `usage-${digest}`,
    timestamp: new Date(row.ts).toISOString(),
    ...(userId ? { userId } : { anonymousId: `session-${String(row.sessionId ?? lineNumber)}` }),
    properties: { feature: row.page, ...(row.level ? { level: row.level } : {}) },
  };
}
