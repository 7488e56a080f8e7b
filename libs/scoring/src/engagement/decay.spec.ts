import fc from 'fast-check';
import { daysBefore, HOUR_MS, model, modelWith, NOON, profileOf, SEED, signalNames, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import type { CompiledModel } from '../model/model.compile';
import type { DecaySettings, ScoringModel } from '../model/model.schema';
import { modelIssues } from '../model/model.validate';
import { DAY_MS, type Profile, type ScoringEvent } from '../profile';
import { applyEvents, emptyProfile } from '../profile/profile.apply';
import { engagementAt } from '../score.compute';
import { pruneProfile } from '../usage/usage.apply';
import { contributionsAt } from './engagement.explain';
import {
  bandIndexOf,
  crossingAt,
  engagementPointsAt,
  engagementRank,
  fallsBelowAt,
  hasStaticRank,
  nextBandCrossingAt,
  nextEngagementChangeAt,
  pointsAt,
  rankOfPoints,
  ranksExactUntil,
  scoreOfPoints,
} from './engagement.rank';
import { nextTrendChangeAt, trendAt } from './engagement.trend';

const window: DecaySettings = { kind: 'window', days: 30 };
const linear: DecaySettings = { kind: 'linear', days: 40 };
const step: DecaySettings = {
  kind: 'step',
  steps: [
    { untilDays: 10, percent: 100 },
    { untilDays: 30, percent: 50 },
    { untilDays: 60, percent: 10 },
  ],
};
const settings: ScoringModel['engagement'] = {
  ...defaultModel.engagement,
  groups: [{ key: 'mail', label: 'E-mail', mostPoints: 25 }],
  signals: defaultModel.engagement.signals.map((signal) =>
    ['reply', 'link-click'].includes(signal.key) ? { ...signal, group: 'mail' } : signal,
  ),
};
const under = (decay: DecaySettings): CompiledModel => modelWith({ ...settings, decay });
const windowed = under(window);
const falling = under(linear);
const stepped = under(step);
const models = [windowed, falling, stepped];

/** Events of the last 80 days, so that many are within every reach and many are not. */
const someEvents = fc.array(
  fc
    .record({
      name: fc.constantFrom(...Object.values(signalNames)),
      ms: fc.oneof(fc.integer({ min: 0, max: 3 * DAY_MS }), fc.integer({ min: 0, max: 80 * DAY_MS })),
    })
    .map(({ name, ms }) => tracked(name, NOON - ms)),
  { maxLength: 30 },
);
const later = fc.integer({ min: 0, max: 70 * DAY_MS }).map((ms) => NOON + ms);
/** Position of a model in `models`: a counterexample then does not print the whole model. */
const aModel = fc.nat(models.length - 1);
const modelAt = (index: number): CompiledModel => models[index] ?? model;
const pointsOf = (profile: Profile, at: number, of: CompiledModel): number => engagementPointsAt(profile, at, of) ?? 0;

/** Worth by age, written down a second time. */
function shareByDefinition(decay: DecaySettings | undefined, ageDays: number): number {
  if (decay?.kind === 'window') return ageDays < decay.days ? 1 : 0;
  if (decay?.kind === 'linear') return Math.max(0, 1 - ageDays / decay.days);
  return ageDays < 10 ? 1 : ageDays < 30 ? 0.5 : ageDays < 60 ? 0.1 : 0;
}

function pointsByDefinition(events: readonly ScoringEvent[], at: number, of: CompiledModel): number {
  const { signals, decay } = of.document.engagement;
  let mail = 0;
  let rest = 0;
  for (const { key, weightPoints, dailyLimit = Infinity, mostPoints = Infinity, group } of signals) {
    const instants = events.filter(({ name }) => name === signalNames[key]).map((event) => event.at);
    const perDay = (day: number): number => instants.filter((instant) => Math.floor(instant / DAY_MS) === day).length;
    const total = instants.reduce((sum, instant) => {
      const part = Math.min(1, dailyLimit / perDay(Math.floor(instant / DAY_MS)));
      return sum + Math.abs(weightPoints) * part * shareByDefinition(decay, (at - instant) / DAY_MS);
    }, 0);
    const points = Math.sign(weightPoints) * Math.min(mostPoints, total);
    if (group === 'mail') mail += points;
    else rest += points;
  }
  return Math.min(25, mail) + rest;
}

describe('a lookback window', () => {
  const profile = profileOf([tracked('Replied', NOON)], windowed);

  it('W5: an event one second outside the lookback contributes nothing, one second inside in full', () => {
    const end = NOON + 30 * DAY_MS;
    expect(pointsOf(profile, end - 1_000, windowed)).toBe(10);
    expect(pointsOf(profile, end - 1, windowed)).toBe(10);
    expect(pointsOf(profile, end, windowed)).toBe(0);
    expect(pointsOf(profile, end + 1_000, windowed)).toBe(0);
    expect(contributionsAt(profile, end, windowed)).toEqual([]);
  });

  it('E2: of 7 days ignores the eighth, while the count of all events goes back without end', () => {
    const week = under({ kind: 'window', days: 7 });
    const all = profileOf(
      [1, 6, 8, 300].map((days) => tracked('Replied', daysBefore(NOON, days))),
      week,
    );
    expect(pointsOf(all, NOON, week)).toBe(20);
    expect(all.totalEvents).toBe(4);
  });

  it('E3: changes on the event and at the exact instant at which one leaves, with nothing run in between', () => {
    const two = applyEvents(profile, [tracked('Replied', NOON + HOUR_MS)], windowed).profile;
    expect(pointsOf(two, NOON + HOUR_MS, windowed)).toBe(20);
    expect(nextEngagementChangeAt(two, NOON + HOUR_MS, windowed)).toBe(NOON + 30 * DAY_MS);
    expect(pointsOf(two, NOON + 30 * DAY_MS, windowed)).toBe(10);
    expect(nextEngagementChangeAt(two, NOON + 30 * DAY_MS, windowed)).toBe(NOON + HOUR_MS + 30 * DAY_MS);
    expect(nextEngagementChangeAt(two, NOON + 31 * DAY_MS, windowed)).toBeNull();
  });

  it('forgives an old complaint when it leaves: the band rises without an event, at the instant named', () => {
    const complaint = tracked('Spam Reported', daysBefore(NOON, 29));
    const replies = Array.from({ length: 3 }, (_, days) => tracked('Demo Requested', daysBefore(NOON, days)));
    const mixed = profileOf([complaint, ...replies], windowed);
    const rises = NOON + DAY_MS;
    expect(nextBandCrossingAt(mixed, NOON, windowed)).toBe(rises);
    expect([NOON, rises - 1, rises].map((at) => engagementAt(mixed, at, windowed).band)).toEqual([
      'low',
      'low',
      'high',
    ]);
  });
});

describe('every decay', () => {
  it('is named with its reach, and worth 1 at age 0', () => {
    expect([model, ...models].map(({ decay }) => [decay.kind, decay.reachMs / DAY_MS, decay.shareAt(0)])).toEqual([
      ['exponential', Infinity, 1],
      ['window', 30, 1],
      ['linear', 40, 1],
      ['step', 60, 1],
    ]);
    expect(model.decay.shareAt(30 * DAY_MS)).toBe(0.5);
    expect(falling.decay.shareAt(10 * DAY_MS)).toBe(0.75);
    expect(stepped.decay.shareAt(30 * DAY_MS - 1)).toBe(0.5);
    expect(stepped.decay.shareAt(60 * DAY_MS)).toBe(0);
  });

  it('equals a direct sum over the events, with daily limits, caps, groups and negative signals in play', () => {
    fc.assert(
      fc.property(someEvents, later, aModel, (events, at, index) => {
        const of = modelAt(index);
        const points = pointsOf(profileOf(events, of), at, of);
        expect(Math.abs(points - pointsByDefinition(events, at, of))).toBeLessThan(1e-9);
      }),
      { seed: SEED },
    );
  });

  it('is explained by contributions that add up', () => {
    fc.assert(
      fc.property(someEvents, later, aModel, (events, at, index) => {
        const of = modelAt(index);
        const profile = profileOf(events, of);
        const sum = contributionsAt(profile, at, of).reduce((total, { points }) => total + points, 0);
        expect(Math.abs(sum - pointsOf(profile, at, of))).toBeLessThan(1e-9);
      }),
      { seed: SEED },
    );
  });

  it('gives one event a worth between nothing and its weight, for every time from 1970 to 9999', () => {
    const time = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(time, time, fc.nat(models.length), (eventAt, at, index) => {
        const of = modelAt(index);
        const points = pointsOf(profileOf([tracked('Replied', eventAt)], of), at, of);
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(10 * (1 + 1e-12));
      }),
      { seed: SEED },
    );
  });

  it('makes the same profile of any order and batching of the same events', () => {
    fc.assert(
      fc.property(
        someEvents.chain((all) =>
          fc.record({ all: fc.constant(all), shuffled: fc.shuffledSubarray(all, { minLength: all.length }) }),
        ),
        fc.nat(30),
        aModel,
        ({ all, shuffled }, cut, index) => {
          const of = modelAt(index);
          const first = applyEvents(emptyProfile(), shuffled.slice(0, cut), of).profile;
          expect(applyEvents(first, shuffled.slice(cut), of).profile).toEqual(profileOf(all, of));
        },
      ),
      { seed: SEED },
    );
  });

  it('runs evenly between the changes it names', () => {
    fc.assert(
      fc.property(someEvents, later, aModel, (events, at, index) => {
        const of = modelAt(index);
        const profile = profileOf(events, of);
        const change = nextEngagementChangeAt(profile, at, of);
        const end = (change ?? at + 200 * DAY_MS) - 1;
        const middle = Math.floor((at + end) / 2);
        const [first, half, last] = [at, middle, end].map((instant) => pointsOf(profile, instant, of));
        const expected = (first ?? 0) + (((last ?? 0) - (first ?? 0)) * (middle - at)) / Math.max(1, end - at);
        expect(Math.abs((half ?? 0) - expected)).toBeLessThan(1e-6);
        if (of !== falling) expect(Math.abs((last ?? 0) - (first ?? 0))).toBeLessThan(1e-9);
        if (change !== null) expect(change).toBeGreaterThan(at);
      }),
      { seed: SEED },
    );
  });

  it('names the first millisecond at which points fall below a value', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(someEvents, fraction, fraction, aModel, (events, part, between, index) => {
        const of = modelAt(index);
        const profile = profileOf(events, of);
        const now = pointsOf(profile, NOON, of);
        const points = now * part;
        if (points <= 1e-6 || part > 0.999) return;
        const crossing = fallsBelowAt(profile, NOON, points, of) ?? Number.NaN;
        expect(crossing).toBeGreaterThan(NOON);
        expect(pointsOf(profile, crossing, of)).toBeLessThan(points);
        expect(pointsOf(profile, crossing - 1, of)).toBeGreaterThanOrEqual(points);
        const before = NOON + Math.floor((crossing - 1 - NOON) * between);
        expect(pointsOf(profile, before, of)).toBeGreaterThanOrEqual(points - 1e-9);
      }),
      { seed: SEED },
    );
  });

  it('names the first millisecond at which the band differs, be it lower or higher', () => {
    fc.assert(
      fc.property(someEvents, fc.double({ min: 0, max: 1, noNaN: true }), aModel, (events, between, index) => {
        const of = modelAt(index);
        const profile = profileOf(events, of);
        const bandAt = (at: number): number => bandIndexOf(scoreOfPoints(pointsOf(profile, at, of), of), of);
        const change = nextBandCrossingAt(profile, NOON, of);
        const end = change ?? NOON + 100 * DAY_MS;
        expect(bandAt(NOON + Math.floor((end - 1 - NOON) * between))).toBe(bandAt(NOON));
        expect(bandAt(end - 1)).toBe(bandAt(NOON));
        if (change !== null) expect(bandAt(change)).not.toBe(bandAt(NOON));
      }),
      { seed: SEED },
    );
  });

  it('has trends that change only at the midnight named', () => {
    fc.assert(
      fc.property(someEvents, aModel, (events, index) => {
        const of = modelAt(index);
        const profile = profileOf(events, of);
        const { direction } = trendAt(profile, NOON, of);
        const midnights = Array.from({ length: 90 }, (_, day) => (Math.floor(NOON / DAY_MS) + day + 1) * DAY_MS);
        const first = midnights.find((at) => trendAt(profile, at, of).direction !== direction) ?? null;
        expect(nextTrendChangeAt(profile, NOON, of)).toBe(first);
      }),
      { seed: SEED },
    );
  });

  it('loses no reading by pruning', () => {
    fc.assert(
      fc.property(someEvents, later, aModel, (events, at, index) => {
        const of = modelAt(index);
        const profile = profileOf(events, of);
        const pruned = pruneProfile(profile, at, of);
        expect(engagementAt(pruned, at, of)).toEqual(engagementAt(profile, at, of));
        expect(pruneProfile(pruned, at, of)).toBe(pruned);
      }),
      { seed: SEED },
    );
  });
});

describe('ranks under a decay that is not exponential', () => {
  const profile = profileOf([tracked('Replied', NOON)], falling);

  it('are the points as of an instant, to be taken anew at the next change', () => {
    expect([model, ...models].map(hasStaticRank)).toEqual([true, false, false, false]);
    expect(engagementRank(profile, falling)).toBe(10);
    const rank = engagementRank(profile, falling, NOON + 10 * DAY_MS);
    expect(rank).toBe(7.5);
    expect([pointsAt(rank, NOON, falling), rankOfPoints(7.5, NOON, falling)]).toEqual([7.5, 7.5]);
    expect([crossingAt(rank, 1, falling), ranksExactUntil(falling)]).toEqual([null, Infinity]);
    expect(engagementRank(emptyProfile(), falling)).toBeNull();
  });

  it('leave the exponential rank as it was, whatever instant is asked for', () => {
    const exponential = profileOf([tracked('Replied', NOON)]);
    expect(engagementRank(exponential, model, NOON + DAY_MS)).toBe(engagementRank(exponential, model));
    expect(nextEngagementChangeAt(exponential, NOON, model)).toBeNull();
    expect(fallsBelowAt(exponential, NOON, 5, model)).toBe(crossingAt(engagementRank(exponential, model), 5, model));
  });
});

describe('instants', () => {
  const reply = tracked('Replied', NOON);

  it('are kept only under a decay that needs them, and only as far as it reaches', () => {
    expect(profileOf([reply]).instants).toBeUndefined();
    const kept = profileOf([reply, tracked('Replied', daysBefore(NOON, 45))], windowed);
    expect(kept.instants).toEqual({ reply: [NOON] });
    expect(applyEvents(kept, [reply], model).profile.instants).toBeUndefined();
  });

  it('are taken from the day buckets for a profile that was built without: at most a day too late', () => {
    const before = profileOf([tracked('Replied', NOON - 5 * HOUR_MS), reply]);
    const end = NOON + 30 * DAY_MS;
    expect([pointsOf(before, end - 1, windowed), pointsOf(before, end, windowed)]).toEqual([20, 0]);
    const next = applyEvents(before, [tracked('Replied', NOON + 1)], windowed).profile;
    expect(next.instants).toEqual({ reply: [NOON, NOON, NOON + 1] });
  });

  it('M22: a windowed score needs no recalculation: it is exact at any instant it is read', () => {
    const old = profileOf([tracked('Replied', daysBefore(NOON, 200))], windowed);
    expect(engagementAt(old, NOON, windowed)).toMatchObject({ state: 'was-active', points: 0, score: 0, band: 'low' });
  });
});

describe('checking steps', () => {
  it('refuses steps that do not lie further back or are not worth less', () => {
    const decay: DecaySettings = {
      kind: 'step',
      steps: [
        { untilDays: 10, percent: 50 },
        { untilDays: 10, percent: 60 },
      ],
    };
    const issues = modelIssues({ ...defaultModel, engagement: { ...defaultModel.engagement, decay } });
    expect(issues.map(({ path }) => path)).toEqual([
      'engagement.decay.steps.1.untilDays',
      'engagement.decay.steps.1.percent',
    ]);
  });
});
