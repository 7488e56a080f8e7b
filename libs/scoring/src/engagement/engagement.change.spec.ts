import fc from 'fast-check';
import { daysBefore, HOUR_MS, model, modelWith, NOON, profileOf, SEED, someEvents, tracked } from '../event.fixture';
import { negativeBinomialTail } from '../numeric/gamma.distribution';
import { DAY_MS, type Profile, type ScoringEvent } from '../profile';
import { nextSpikeChangeAt, spikeAt } from './engagement.spike';
import { nextTrendChangeAt, trendAt } from './engagement.trend';

const onDays = (name: string, ...days: number[]): ScoringEvent[] =>
  days.map((day) => tracked(name, daysBefore(NOON, day)));

/** First midnight of the next `days` at which a reading differs from now's, by looking at each. */
function firstMidnightWhere(days: number, differs: (at: number) => boolean): number | null {
  const today = Math.floor(NOON / DAY_MS);
  for (let day = today + 1; day <= today + days; day += 1) {
    if (differs(day * DAY_MS)) return day * DAY_MS;
  }
  return null;
}

describe('trend', () => {
  it('R4: tells rising, steady and cooling apart', () => {
    const rising = profileOf(onDays('Replied', 2, 20));
    const cooling = profileOf(onDays('Replied', 20, 22, 24));
    const steady = profileOf([...onDays('Replied', 40), ...onDays('Email Opened', 1)]);
    expect([rising, cooling, steady].map((profile) => trendAt(profile, NOON, model).direction)).toEqual([
      'rising',
      'cooling',
      'steady',
    ]);
    expect(trendAt(rising, NOON, model).changePoints).toBeGreaterThan(0);
  });

  it('R4: the dead band is configurable', () => {
    const profile = profileOf(onDays('Replied', 20, 22, 24));
    expect(trendAt(profile, NOON, modelWith({ trend: { days: 7, deadBandScore: 30 } })).direction).toBe('steady');
    expect(trendAt(profileOf([]), NOON, model)).toEqual({ direction: 'steady', changePoints: 0 });
  });

  it('changes without an event only at the midnight it names', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const profile = profileOf(events);
        const { direction } = trendAt(profile, NOON, model);
        const differs = (at: number): boolean => trendAt(profile, at, model).direction !== direction;
        expect(nextTrendChangeAt(profile, NOON, model)).toBe(firstMidnightWhere(300, differs));
      }),
      { seed: SEED },
    );
  });
});

describe('spike', () => {
  const burst = [
    ...onDays('Email Opened', 0, 1, 1, 2),
    ...onDays('Pricing Page Viewed', 0, 1),
    ...onDays('Case Study Viewed', 0),
  ];
  const quiet = onDays('Email Opened', 12, 25);
  const causesOf = (profile: Profile): string[] => spikeAt(profile, NOON, model).causes.map(({ signal }) => signal);

  it('R8: four opens, pricing twice and a case study from a low base are a spike with three causes', () => {
    const spike = spikeAt(profileOf([...quiet, ...burst]), NOON, model);
    expect(spike).toMatchObject({ isSpike: true, recentCount: 7 });
    expect(spike.probability).toBeLessThan(1e-4);
    expect(spike.causes.map(({ signal, count }) => [signal, count])).toEqual([
      ['pricing-page', 2],
      ['case-study', 1],
      ['email-open', 4],
    ]);
  });

  it('R8: also when nothing at all was known before', () => {
    expect(causesOf(profileOf(burst))).toHaveLength(3);
  });

  it('one extra open on a quiet lead is no spike', () => {
    const spike = spikeAt(profileOf([...quiet, ...onDays('Email Opened', 0)]), NOON, model);
    expect(spike.isSpike).toBe(false);
    expect(spike.causes).toEqual([]);
    expect(spike.expectedCount).toBeCloseTo((3 * 3) / 35, 12);
  });

  it('the same burst from a lead that is always busy is no spike', () => {
    const busy = Array.from({ length: 28 }, (_, day) => onDays('Email Link Clicked', day + 3, day + 3)).flat();
    expect(spikeAt(profileOf([...busy, ...burst]), NOON, model).isSpike).toBe(false);
  });

  it('machines that only open mail make no spike, nor do bounces', () => {
    const opens = Array.from({ length: 40 }, () => onDays('Email Opened', 0)).flat();
    const bounces = Array.from({ length: 40 }, () => onDays('Email Bounced', 0)).flat();
    expect(spikeAt(profileOf(opens), NOON, model).isSpike).toBe(false);
    expect(spikeAt(profileOf(bounces), NOON, model)).toMatchObject({ isSpike: false, recentCount: 0, probability: 1 });
  });

  it('is what the counts of the days say, today and at every midnight to come', () => {
    const counts = fc.tuple(
      fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 6, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 30 }),
    );
    fc.assert(
      fc.property(counts, ([recent, before]) => {
        // Replies, of which one alone is worth enough: only their number decides. Today comes first.
        const days = [...recent, ...before];
        const profile = profileOf(days.flatMap((count, day) => onDays('Replied', ...Array<number>(count).fill(day))));
        const countOf = (from: number, to: number): number =>
          days.slice(Math.max(0, from), Math.max(0, to)).reduce((sum, count) => sum + count, 0);
        const isSpikeIn = (later: number): boolean =>
          negativeBinomialTail(countOf(-later, 3 - later), 1 + countOf(3 - later, 31 - later), 3 / 38) < 0.001;
        expect(spikeAt(profile, NOON, model).isSpike).toBe(isSpikeIn(0));
        const today = Math.floor(NOON / DAY_MS);
        const change = [1, 2, 3, 4].find((later) => isSpikeIn(later) !== isSpikeIn(0));
        expect(nextSpikeChangeAt(profile, NOON, model)).toBe(change === undefined ? null : (today + change) * DAY_MS);
      }),
      { seed: SEED },
    );
  });

  it('is over three days later, at the midnight it names', () => {
    const profile = profileOf([...quiet, ...burst]);
    const end = nextSpikeChangeAt(profile, NOON, model) ?? Number.NaN;
    expect(end % DAY_MS).toBe(0);
    expect(end - NOON).toBeLessThanOrEqual(3 * DAY_MS);
    expect(spikeAt(profile, end - 1, model).isSpike).toBe(true);
    expect(spikeAt(profile, end, model).isSpike).toBe(false);
  });

  it('changes without an event only at the midnight it names', () => {
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 0, max: 30 * 24 }), (events, hours) => {
        const profile = profileOf([...events, ...burst].map((event) => ({ ...event, at: event.at - hours * HOUR_MS })));
        const { isSpike } = spikeAt(profile, NOON, model);
        const differs = (at: number): boolean => spikeAt(profile, at, model).isSpike !== isSpike;
        expect(nextSpikeChangeAt(profile, NOON, model)).toBe(firstMidnightWhere(40, differs));
      }),
      { seed: SEED },
    );
  });
});
