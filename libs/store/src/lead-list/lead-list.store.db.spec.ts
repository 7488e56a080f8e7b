import { fewerRuns } from '@rekindle/testing';
import fc from 'fast-check';
import {
  bandIndexOf,
  bandOf,
  compileModel,
  DAY_MS,
  defaultModel,
  gradeOf,
  pointsAt,
  priorityValue,
  scoreOfPoints,
} from '@rekindle/scoring';
import type { Grade } from '@rekindle/scoring';
import type { Sql } from '../database/sql';
import { newId } from '../id.generator';
import { aLead, aProfile, NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { AccountStore } from '../stores/account.store';
import type { LeadRow } from '../stores/lead.store';
import { LeadStore } from '../stores/lead.store';
import { ProfileStore } from '../stores/profile.store';
import { leastDoubleWhere } from './double.search';
import type { LeadFilter, LeadListRequest, LeadSort } from './lead-list.row';
import { LeadListStore } from './lead-list.store';

const WORKSPACE = 'w1';
const model = compileModel(defaultModel, 1);
const LEADS = 2_000;
const INSTANTS = [NOON, NOON + 11 * DAY_MS, NOON + 200 * DAY_MS];

interface Known {
  lead: LeadRow;
  accountName: string;
  rank: number | null;
  fitScore: number;
  grade: Grade | null;
  tier: string;
  lastActivityAt: number | null;
}

/** A small generator with a fixed seed (mulberry32). */
const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const random = randomFrom(20_250_301);
const pick = <T>(choices: readonly T[]): T => {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to pick from');
  return choice;
};

const accounts = ['Acme', 'Ümläut GmbH', '100% Pure_Co', 'Globex'].map((name, index) => ({
  id: newId(NOON),
  groupId: `g${index}`,
  name,
  domain: null,
  traitTimes: null,
  traits: {},
  createdAt: NOON,
  updatedAt: NOON,
}));

const rankOf = (): number | null => {
  const kind = random();
  if (kind < 0.1) return null;
  if (kind < 0.15) return -random() * 20;
  if (kind < 0.25) return pick([0, 1, 40, 5_000]);
  return 2 ** (random() * 14 - 4);
};

const gradeFor = (fitScore: number): Grade | null => {
  const kind = random();
  if (kind < 0.1) return null;
  return kind < 0.2 ? 'D' : gradeOf(fitScore, model);
};

const known: Known[] = Array.from({ length: LEADS }, (_, index) => {
  const account = pick(accounts);
  const fitScore = Math.floor(random() * 101);
  return {
    lead: aLead({
      userId: `user-${index}`,
      name: `${pick(['Ada', 'Grace', 'Çağla', 'Zoë'])} ${index}`,
      email: `person${index}@${pick(['a', 'b'])}.test`,
      owner: pick(['kim@crm.test', 'lee@crm.test']),
      accountId: account.id,
    }),
    accountName: account.name,
    rank: rankOf(),
    fitScore,
    grade: gradeFor(fitScore),
    tier: pick(['power', 'active', 'at-risk', 'dormant']),
    lastActivityAt: random() < 0.1 ? null : NOON - Math.floor(random() * 50) * DAY_MS,
  };
});

const scoreOf = (lead: Known, at: number): number => scoreOfPoints(pointsAt(lead.rank, at, model), model);
const valueOf = (lead: Known, at: number): number => priorityValue(lead.fitScore, scoreOf(lead, at), lead.grade, model);

const descending = (a: number | string, b: number | string): number => (a === b ? 0 : a > b ? -1 : 1);
const missingLast = (a: number | null, b: number | null): number => Number(a === null) - Number(b === null);
const byActivity = (a: Known, b: Known): number =>
  missingLast(a.lastActivityAt, b.lastActivityAt) || descending(a.lastActivityAt ?? 0, b.lastActivityAt ?? 0);
const byRank = (a: Known, b: Known): number => missingLast(a.rank, b.rank) || descending(a.rank ?? 0, b.rank ?? 0);
const byFit = (a: Known, b: Known): number =>
  descending(a.fitScore, b.fitScore) || descending(b.grade ?? '', a.grade ?? '');
const byPriorityAt =
  (at: number) =>
  (a: Known, b: Known): number => {
    if (a.rank === null && b.rank === null) return byFit(a, b);
    return missingLast(a.rank, b.rank) || descending(valueOf(a, at), valueOf(b, at)) || byRank(a, b);
  };

/** The order by definition: everything computed for everybody, then sorted. */
const bruteForce = (sort: LeadSort, at: number, leads: readonly Known[] = known): string[] => {
  const compare = { '-priority': byPriorityAt(at), '-engagement': byRank, '-lastActivityAt': byActivity }[sort];
  return [...leads].sort((a, b) => compare(a, b) || descending(a.lead.id, b.lead.id)).map(({ lead }) => lead.id);
};

describe('the list of leads', () => {
  let temporary: TemporaryDatabase;
  let sql: Sql;
  let rowsRead = 0;
  const list = new LeadListStore((rows) => {
    rowsRead += rows;
  });

  beforeAll(async () => {
    temporary = await temporaryDatabase();
    sql = temporary.db.read;
    await temporary.db.write(async (writing) => {
      await new AccountStore().insertMany(writing, WORKSPACE, accounts);
      const leads = known.map(({ lead }) => lead);
      await new LeadStore().insertMany(writing, WORKSPACE, leads);
      const profiles = known.map(({ lead, rank, fitScore, grade, tier, lastActivityAt }) =>
        aProfile(lead.id, { engagementRank: rank, fitScore, fitGrade: grade, usageTier: tier, lastActivityAt }),
      );
      await new ProfileStore().upsertMany(writing, WORKSPACE, profiles, NOON);
      const stranger = aLead({ name: 'Ada' });
      await new LeadStore().insertMany(writing, 'w2', [stranger]);
      const best = aProfile(stranger.id, { engagementRank: 1e9, fitScore: 100, fitGrade: 'A' });
      await new ProfileStore().upsertMany(writing, 'w2', [best], NOON);
    });
  });
  afterAll(() => temporary.remove());

  const page = async (request: Partial<LeadListRequest>) => {
    const { items, nextCursor, at } = await list.page(sql, WORKSPACE, {
      sort: '-priority',
      limit: 50,
      now: NOON,
      model,
      ...request,
    });
    return { ids: items.map(({ lead }) => lead.id), items, nextCursor, at };
  };

  /** How the database finds the first two pages. */
  const plansOf = async (filter: Pick<LeadListRequest, 'sort' | 'tier'>): Promise<string[]> => {
    const details: string[] = [];
    const explaining: Sql = {
      ...sql,
      dialect: sql.dialect,
      runEach: () => Promise.reject(new Error('a list writes nothing')),
      query: async (statement, parameters) => {
        const rows = await sql.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`, parameters);
        details.push(...rows.map(({ detail }) => detail));
        return sql.query(statement, parameters);
      },
    };
    const request = { ...filter, limit: 20, now: NOON, model };
    const first = await list.page(explaining, WORKSPACE, request);
    await list.page(explaining, WORKSPACE, { ...request, cursor: first.nextCursor });
    return details;
  };

  const walk = async (request: Partial<LeadListRequest>): Promise<string[]> => {
    const first = await page(request);
    const ids = [...first.ids];
    let cursor = first.nextCursor;
    while (cursor !== null) {
      // Time goes by between the pages; the walk stays as of its first instant.
      const next = await page({ ...request, cursor, now: (request.now ?? NOON) + 40 * DAY_MS });
      ids.push(...next.ids);
      cursor = next.nextCursor;
    }
    return ids;
  };

  describe.each<LeadSort>(['-priority', '-engagement', '-lastActivityAt'])('by %s', (sort) => {
    it.each(INSTANTS)('starts with the 50 best of 2,000 as a full sort finds them at %d', async (now) => {
      expect((await page({ sort, now })).ids).toEqual(bruteForce(sort, now).slice(0, 50));
    });

    it('walks through everybody once, in order, however time goes by meanwhile', async () => {
      expect(await walk({ sort, limit: 170, now: INSTANTS[1] ?? NOON })).toEqual(bruteForce(sort, INSTANTS[1] ?? NOON));
    });

    it('continues at any lead, ties included, where the page before ended', async () => {
      const all = bruteForce(sort, NOON);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 190 }), fc.integer({ min: 1, max: 190 }), async (one, two) => {
          const first = await page({ sort, limit: one });
          const second = await page({ sort, limit: two, cursor: first.nextCursor });
          expect([...first.ids, ...second.ids]).toEqual(all.slice(0, one + two));
        }),
        { numRuns: fewerRuns(125), seed: 20_250_301 },
      );
    });

    it('reads little more than it shows', async () => {
      rowsRead = 0;
      await page({ sort, limit: 50 });
      expect(rowsRead).toBeLessThan(sort === '-priority' ? 600 : 60);
    });

    it('reaches leads and profiles by an index only', async () => {
      const details = await plansOf({ sort });
      expect(details.filter((detail) => /SCAN (leads|profiles)|TEMP B-TREE/.test(detail))).toEqual([]);
      expect(details.filter((detail) => /(leads|profiles).*\(workspaceId=\?\)/.test(detail))).toEqual([]);
    });

    it('M10: lists a usage tier without recomputing it: by an index, from its column, reading what it shows', async () => {
      rowsRead = 0;
      const { items, ids } = await page({ sort, limit: 50, tier: 'power' });
      const powerful = known.filter(({ tier }) => tier === 'power');
      expect(ids).toEqual(bruteForce(sort, NOON, powerful).slice(0, 50));
      expect(rowsRead).toBeLessThan(sort === '-priority' ? 600 : 60);
      // What the states say of tiers is not looked at: they know none.
      expect(items.every(({ state }) => state.tier === null && state.profile.usage.lastAt === null)).toBe(true);
      const details = await plansOf({ sort, tier: 'power' });
      expect(details.filter((detail) => /SCAN (leads|profiles)|TEMP B-TREE/.test(detail))).toEqual([]);
    });
  });

  const filters: [string, LeadFilter, (lead: Known) => boolean][] = [
    ['a name in any case', { q: 'çAĞLA' }, ({ lead }) => lead.name?.startsWith('Çağla') ?? false],
    ['a part of an e-mail', { q: '99@A.' }, ({ lead }) => lead.email?.includes('99@a.') ?? false],
    ['a user id', { q: 'user-1999' }, ({ lead }) => lead.userId === 'user-1999'],
    ['an account name', { q: 'ümläut' }, ({ accountName }) => accountName.startsWith('Üml')],
    ['a per cent sign, as itself', { q: '0%' }, ({ accountName }) => accountName.includes('%')],
    ['an underscore, as itself', { q: 'e_c' }, ({ accountName }) => accountName.includes('_')],
    ['a quote that would end a statement', { q: `' OR 1=1 --` }, () => false],
    ['a backslash', { q: '\\' }, () => false],
    ['the top band', { band: 'high' }, (lead) => lead.rank !== null && bandOf(scoreOf(lead, NOON), model) === 'high'],
    [
      'a middle band',
      { band: 'medium' },
      (lead) => lead.rank !== null && bandIndexOf(scoreOf(lead, NOON), model) === 1,
    ],
    ['the lowest band', { band: 'low' }, (lead) => lead.rank !== null && bandOf(scoreOf(lead, NOON), model) === 'low'],
    ['a tier', { tier: 'power' }, ({ tier }) => tier === 'power'],
    ['a grade', { grade: 'B' }, ({ grade }) => grade === 'B'],
    ['an owner', { owner: 'kim@crm.test' }, ({ lead }) => lead.owner === 'kim@crm.test'],
    ['an account', { accountId: accounts[1]?.id }, ({ lead }) => lead.accountId === accounts[1]?.id],
    [
      'several things at once',
      { q: 'grace', band: 'low', tier: 'active', owner: 'lee@crm.test' },
      (lead) =>
        Boolean(lead.lead.name?.startsWith('Grace')) &&
        lead.rank !== null &&
        bandOf(scoreOf(lead, NOON), model) === 'low' &&
        lead.tier === 'active' &&
        lead.lead.owner === 'lee@crm.test',
    ],
  ];

  it.each(filters)('filters by %s, counts exactly and keeps the order', async (_name, filter, matches) => {
    const expected = known.filter(matches);
    expect(await list.count(sql, WORKSPACE, { ...filter, now: NOON, model })).toBe(expected.length);
    for (const sort of ['-priority', '-engagement', '-lastActivityAt'] as const) {
      expect(await walk({ ...filter, sort, limit: 200 })).toEqual(bruteForce(sort, NOON, expected));
    }
  });

  it('counts everybody of the workspace and nobody else', async () => {
    expect(await list.count(sql, WORKSPACE, { now: NOON, model })).toBe(LEADS);
  });

  it('carries the lead, the account and the state of each row', async () => {
    const { items, at } = await page({ q: 'user-7', limit: 1 });
    expect(at).toBe(NOON);
    expect(items[0]).toMatchObject({
      lead: { traits: {}, mergedInto: null },
      account: { name: expect.any(String), traits: {} },
      state: { clock: NOON },
    });
  });

  it('refuses a band that the model does not have and a cursor it did not give out', async () => {
    await expect(page({ band: 'lukewarm' })).rejects.toMatchObject({ code: 'unknown_band' });
    const { nextCursor } = await page({ sort: '-engagement' });
    for (const cursor of ['x', 'e30', nextCursor, Buffer.from('[1,"a"]').toString('base64url')]) {
      await expect(page({ cursor })).rejects.toMatchObject({ code: 'invalid_cursor' });
    }
  });
});

describe('the search for the least number', () => {
  it('finds the number at which a condition begins to hold, to the last bit', () => {
    const values = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(values, (threshold) => {
        expect(leastDoubleWhere((value) => value >= threshold)).toBe(threshold === 0 ? 0 : threshold);
      }),
      { seed: 20_250_301 },
    );
    expect(leastDoubleWhere(() => false)).toBe(Number.MAX_VALUE);
    expect(leastDoubleWhere(() => true)).toBe(-Number.MAX_VALUE);
  });
});
