import type { Sql } from '../database/sql';

/** Ways to recognise a lead. `alias`: an id that an alias call gave away, whatever kind it turns out to be. */
export type IdentityKind = 'user' | 'anonymous' | 'email' | 'alias';

/** One way to recognise a lead. Values are compared exactly; fold e-mails before. */
export interface Identity {
  kind: IdentityKind;
  value: string;
}

/** An identity and the lead it belongs to. */
export interface IdentityLink extends Identity {
  leadId: string;
}

/** The key of an identity in the maps of `IdentityStore`: kind, NUL, value. */
export const identityKey = (identity: Identity): string => `${identity.kind}\u0000${identity.value}`;

const pair = { kind: 'text', value: 'text' } as const;

const valuesByKind = (identities: readonly Identity[]): Map<IdentityKind, string[]> => {
  const byKind = new Map<IdentityKind, string[]>();
  for (const { kind, value } of identities) {
    const values = byKind.get(kind);
    if (values) values.push(value);
    else byKind.set(kind, [value]);
  }
  return byKind;
};

/** Which identity belongs to which lead; an identity belongs to one lead at a time. */
export class IdentityStore {
  /** The leads of those identities that are known, by `identityKey`. */
  async resolve(sql: Sql, workspaceId: string, identities: readonly Identity[]): Promise<Map<string, string>> {
    if (identities.length === 0) return new Map();
    const found = new Map<string, string>();
    for (const [kind, values] of valuesByKind(identities)) {
      const rows = await sql.query<{ value: string; leadId: string }>(
        'SELECT "value", "leadId" FROM "ls_identities" WHERE "workspaceId" = ? AND "kind" = ? ' +
          `AND "value" IN ${sql.dialect.textset()}`,
        [workspaceId, kind, JSON.stringify(values)],
      );
      for (const { value, leadId } of rows) found.set(identityKey({ kind, value }), leadId);
    }
    return found;
  }

  /** In how many ways each of these leads is recognised. */
  async countByLead(sql: Sql, workspaceId: string, leadIds: readonly string[]): Promise<Map<string, number>> {
    if (leadIds.length === 0) return new Map();
    const rows = await sql.query<{ leadId: string; count: number }>(
      'SELECT "leadId", COUNT(*) AS "count" FROM "ls_identities" ' +
        `WHERE "workspaceId" = ? AND "leadId" IN ${sql.dialect.textset()} GROUP BY "leadId"`,
      [workspaceId, JSON.stringify(leadIds)],
    );
    return new Map(rows.map(({ leadId, count }) => [leadId, Number(count)]));
  }

  /** Gives identities to leads; one that belongs to another lead already moves. */
  async linkMany(sql: Sql, workspaceId: string, links: readonly IdentityLink[]): Promise<void> {
    if (links.length === 0) return;
    await sql.query(
      'INSERT INTO "ls_identities" ("workspaceId", "kind", "value", "leadId") ' +
        `SELECT ?, "kind", "value", "leadId" FROM ${sql.dialect.rowset({ ...pair, leadId: 'text' })} AS rows WHERE true ` +
        'ON CONFLICT ("workspaceId", "kind", "value") DO UPDATE SET "leadId" = excluded."leadId"',
      [workspaceId, JSON.stringify(links)],
    );
  }

  /** Gives every identity of `from` to `into`; answers how many. */
  async moveToLead(sql: Sql, workspaceId: string, from: string, into: string): Promise<number> {
    const rows = await sql.query(
      'UPDATE "ls_identities" SET "leadId" = ? WHERE "workspaceId" = ? AND "leadId" = ? RETURNING 1',
      [into, workspaceId, from],
    );
    return rows.length;
  }

  /** Takes identities from a lead that nothing stored speaks for any more; answers how many it had. */
  async unlinkMany(sql: Sql, workspaceId: string, leadId: string, identities: readonly Identity[]): Promise<number> {
    if (identities.length === 0) return 0;
    return sql.runEach(
      'DELETE FROM "ls_identities" WHERE "workspaceId" = ? AND "kind" = ? AND "value" = ? AND "leadId" = ?',
      identities.map(({ kind, value }) => [workspaceId, kind, value, leadId]),
    );
  }

  forLead(sql: Sql, workspaceId: string, leadId: string): Promise<Identity[]> {
    return sql.query<Identity>(
      'SELECT "kind", "value" FROM "ls_identities" WHERE "workspaceId" = ? AND "leadId" = ? ORDER BY "kind", "value"',
      [workspaceId, leadId],
    );
  }
}
