import Sqlite from 'better-sqlite3';

/** How many characters a lead's stored state has on average. */
export function stateLengthIn(path: string): number {
  const database = new Sqlite(path, { readonly: true });
  const row = database.prepare('SELECT AVG(LENGTH("state")) AS "length" FROM "ls_profiles"').get();
  database.close();
  return Math.round(Number((row as { length: number | null }).length ?? 0));
}
