import fc from 'fast-check';
import { crossingAt, pointsAt } from '../engagement/engagement.rank';
import {
  daysBefore,
  model,
  modelWith,
  noAttributes,
  NOON,
  profileOf,
  SEED,
  someEvents,
  tracked,
} from '../event.fixture';
import type { CompiledModel } from '../model/model.compile';
import { DAY_MS, type LeadAttributes, type ScoringEvent } from '../profile';
import { type AccountPerson, type AccountScore, accountScoreAt } from './account.rollup';

const aPerson = (
  id: string,
  events: readonly ScoringEvent[],
  more: { attributes?: LeadAttributes; of?: CompiledModel } = {},
): AccountPerson => ({
  id,
  profile: profileOf(events, more.of),
  attributes: more.attributes ?? noAttributes,
});
const director: LeadAttributes = {
  traits: { title: 'Director' },
  accountTraits: { employees: 500, industry: 'Software' },
};
const read = (people: AccountPerson[], at = NOON): AccountScore => accountScoreAt(people, at, model);

describe('an account', () => {
  const ada = aPerson('ada', [tracked('Replied', daysBefore(NOON, 30))], { attributes: director });
  const bob = aPerson('bob', [tracked('Demo Requested', NOON), tracked('Replied', NOON - 5)]);
  const eve = aPerson('eve', [tracked('Spam Reported', NOON)]);
  const quiet = aPerson('quiet', []);

  it('is worth what its people are worth together', () => {
    const account = read([ada, bob]);
    expect(account.points).toBeCloseTo(5 + 9 + 10, 6);
    expect(account).toMatchObject({ at: NOON, people: 2, band: 'medium', lastActivityAt: NOON });
    expect(account.contributions.map(({ signal, count }) => [signal, count])).toEqual([
      ['reply', 2],
      ['demo-request', 1],
    ]);
  });

  it('names the person to turn to first: the one of the highest priority, not the busiest', () => {
    const equal = aPerson('equal', [tracked('Replied', NOON - 5), tracked('Demo Requested', NOON)]);
    expect(read([ada, bob]).bestContact?.id).toBe('bob');
    expect(read([{ ...ada, profile: bob.profile }, bob]).bestContact?.id).toBe('ada');
    expect(read([bob, equal]).bestContact?.id).toBe('bob');
    expect(read([quiet]).bestContact).toBeNull();
  });

  it('counts its people by band, those without a score apart', () => {
    expect(read([ada, bob, eve, quiet]).byBand).toEqual([
      { band: 'high', label: 'High', people: 0 },
      { band: 'medium', label: 'Medium', people: 1 },
      { band: 'low', label: 'Low', people: 2 },
      { band: null, label: 'No score', people: 1 },
    ]);
  });

  it('is not hidden by one complaint: who is worth less than nothing counts nothing', () => {
    expect(read([bob, eve]).points).toBe(read([bob]).points);
    expect(read([eve])).toMatchObject({ rank: 0, points: 0, score: 0, band: 'low' });
  });

  it('has no score while nobody has', () => {
    expect(read([quiet])).toMatchObject({
      people: 1,
      rank: null,
      points: 0,
      score: 0,
      band: null,
      lastActivityAt: null,
    });
    expect(read([])).toMatchObject({ people: 0, rank: null, contributions: [] });
  });

  it('decays as its people do: one number ranks accounts at every instant and tells when they cross', () => {
    const later = fc.integer({ min: 0, max: 700 * DAY_MS }).map((ms) => NOON + ms);
    fc.assert(
      fc.property(fc.array(someEvents, { maxLength: 4 }), later, (leads, at) => {
        const people = leads.map((events, index) => aPerson(String(index), events));
        const { rank } = read(people);
        const account = read(people, at);
        expect(Math.abs(pointsAt(rank, at, model) - account.points)).toBeLessThan(1e-9);
        const parts = account.contributions.reduce((sum, { points }) => sum + points, 0);
        expect(Math.abs(parts - account.points)).toBeLessThan(1e-9);
        expect(account.byBand.reduce((sum, band) => sum + band.people, 0)).toBe(people.length);
        const half = crossingAt(rank, account.points / 2, model);
        if (account.points > 1e-3) expect(Math.abs((half ?? 0) - (at + 30 * DAY_MS))).toBeLessThan(1_000);
      }),
      { seed: SEED },
    );
  });

  it('adds up under a lookback, too', () => {
    const of = modelWith({ decay: { kind: 'window', days: 30 } });
    const people = [29, 31].map((days) => aPerson(String(days), [tracked('Replied', daysBefore(NOON, days))], { of }));
    expect(accountScoreAt(people, NOON, of)).toMatchObject({ points: 10, rank: 10 });
  });
});
