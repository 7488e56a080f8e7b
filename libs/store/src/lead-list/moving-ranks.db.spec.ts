import { bandOf, compileModel, DAY_MS, defaultModel, priorityValue, scoreOfPoints } from '@rekindle/scoring';
import { aLead, aProfile, NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { LeadStore } from '../stores/lead.store';
import { ProfileStore } from '../stores/profile.store';
import type { LeadListRequest } from './lead-list.row';
import { LeadListStore } from './lead-list.store';

const WORKSPACE = 'w1';
const { engagement } = defaultModel;
const model = compileModel({ ...defaultModel, engagement: { ...engagement, decay: { kind: 'linear', days: 60 } } }, 1);
const LEADS = 400;

/** Lines that cross one another again and again: from a few points to 60, falling by up to a point a day. */
const leads = Array.from({ length: LEADS }, (_, index) => {
  const points = 4 + ((index * 37) % 560) / 10;
  const slopePerMs = -(((index * 53) % 97) / 97) / DAY_MS;
  const rank = index % 20 === 0 ? null : points - slopePerMs * (NOON - model.landmarkMs);
  return { lead: aLead({ userId: `user-${index}` }), rank, slopePerMs, fitScore: (index * 7) % 101 };
});

const pointsOf = ({ rank, slopePerMs }: (typeof leads)[number], at: number): number =>
  rank === null ? Number.NEGATIVE_INFINITY : rank + slopePerMs * (at - model.landmarkMs);

describe('the list of leads by ranks that move', () => {
  let temporary: TemporaryDatabase;
  const list = new LeadListStore();

  beforeAll(async () => {
    temporary = await temporaryDatabase();
    await temporary.db.write(async (sql) => {
      await new LeadStore().insertMany(
        sql,
        WORKSPACE,
        leads.map(({ lead }) => lead),
      );
      const profiles = leads.map(({ lead, rank, slopePerMs, fitScore }) =>
        aProfile(lead.id, { engagementRank: rank, engagementSlope: slopePerMs, fitScore, fitGrade: 'B' }),
      );
      await new ProfileStore().upsertMany(sql, WORKSPACE, profiles, NOON);
    });
  });
  afterAll(() => temporary.remove());

  const walk = async (request: Pick<LeadListRequest, 'sort' | 'now' | 'band'>): Promise<(string | null)[]> => {
    const found: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const page = await list.page(temporary.db.read, WORKSPACE, { ...request, limit: 90, model, cursor });
      found.push(...page.items.map(({ lead }) => lead.userId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  };
  type Line = (typeof leads)[number];
  /** Greatest value first, then most points, then the newest lead. */
  const sorted = (now: number, valueOf: (lead: Line) => number, some = leads): (string | null)[] =>
    some
      .map((lead) => ({ id: lead.lead.id, userId: lead.lead.userId, keys: [valueOf(lead), pointsOf(lead, now)] }))
      .sort((one, other) => {
        for (const [index, key] of one.keys.entries()) {
          const rest = other.keys[index] ?? key;
          if (key !== rest) return rest - key;
        }
        return one.id < other.id ? 1 : -1;
      })
      .map(({ userId }) => userId);

  it.each([NOON, NOON + 3 * DAY_MS, NOON + 19.5 * DAY_MS])('is in the order of the points as of %d', async (now) => {
    expect(await walk({ sort: '-engagement', now })).toEqual(sorted(now, () => 0));
  });

  it('is in the order of the priority of the instant', async () => {
    const now = NOON + 9 * DAY_MS;
    const ranked = leads.filter(({ rank }) => rank !== null);
    const valueOf = (lead: Line): number =>
      priorityValue(lead.fitScore, scoreOfPoints(pointsOf(lead, now), model), 'B', model);
    expect((await walk({ sort: '-priority', now })).slice(0, ranked.length)).toEqual(sorted(now, valueOf, ranked));
  });

  it('knows who is in a band at the instant', async () => {
    for (const now of [NOON, NOON + 15 * DAY_MS]) {
      const high = leads.filter(
        (lead) => lead.rank !== null && bandOf(scoreOfPoints(pointsOf(lead, now), model), model) === 'high',
      );
      expect(high.length).toBeGreaterThan(10);
      expect(await walk({ sort: '-engagement', now, band: 'high' })).toEqual(sorted(now, () => 0, high));
      expect(await list.count(temporary.db.read, WORKSPACE, { now, model, band: 'high' })).toBe(high.length);
    }
  });
});
