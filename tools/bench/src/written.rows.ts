import Sqlite from 'better-sqlite3';

/** How many characters a lead's stored state has on average. */
export function stateLengthIn(path: string): number {
  const database = new Sqlite(path, { readonly: true });
  const row = database.prepare('SELECT AVG(LENGTH("state")) AS "length" FROM "ls_profiles"').get();
  database.close();
  return Math.round(Number((row as { length: number | null }).length ?? 0));
}

/** The message ids that begin so and are stored. */
export function storedMessageIds(path: string, prefix: string): Set<string> {
  const database = new Sqlite(path, { readonly: true });
  const find = database.prepare(`SELECT "messageId" FROM "ls_events" WHERE "messageId" LIKE ?`).pluck();
  const found = new Set(find.all(`${prefix}%`) as string[]);
  database.close();
  return found;
}
