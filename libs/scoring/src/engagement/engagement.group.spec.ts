import fc from 'fast-check';
import { daysBefore, modelWith, NOON, profileOf, SEED, signalNames, someEvents, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import type { ScoringModel, SignalDefinition } from '../model/model.schema';
import { modelIssues } from '../model/model.validate';
import { DAY_MS, type ScoringEvent } from '../profile';
import { contributionsAt } from './engagement.explain';
import { engagementPointsAt, engagementRank, pointsAt } from './engagement.rank';
import { spikeAt } from './engagement.spike';

type Settings = ScoringModel['engagement'];

/** The default signals with some of them put into a group with a limit. */
const grouped = (mostPoints: number | undefined, ...keys: string[]): Partial<Settings> => ({
  groups: [{ key: 'mail', label: 'E-mail', mostPoints }],
  signals: defaultModel.engagement.signals.map((signal) =>
    keys.includes(signal.key) ? { ...signal, group: 'mail' } : signal,
  ),
});
const mailGroup = grouped(8, 'reply', 'link-click', 'email-open');
const limited = modelWith(mailGroup);
const pointsOf = (events: readonly ScoringEvent[], at = NOON, of = limited): number =>
  engagementPointsAt(profileOf(events, of), at, of) ?? 0;
const documentWith = (engagement: Partial<Settings>): object => ({
  ...defaultModel,
  engagement: { ...defaultModel.engagement, ...engagement },
});

describe('a group of signals with a limit', () => {
  it('M19: many cheap events stay below one that is worth more, however many they are', () => {
    const clicks = Array.from({ length: 100 }, (_, index) => tracked('Email Link Clicked', NOON - index));
    expect(pointsOf(clicks)).toBeCloseTo(8, 9);
    expect(pointsOf(clicks)).toBeLessThan(pointsOf([tracked('Demo Requested', NOON)]));
  });

  it('is shared by its signals in proportion to what each had', () => {
    const events = [tracked('Replied', NOON), tracked('Email Link Clicked', NOON), tracked('Email Link Clicked', NOON)];
    const parts = contributionsAt(profileOf(events, limited), NOON, limited);
    expect(parts.map(({ signal }) => signal)).toEqual(['reply', 'link-click']);
    expect(parts[0]?.points).toBeCloseTo((8 * 10) / 16, 9);
    expect(parts[1]?.points).toBeCloseTo((8 * 6) / 16, 9);
  });

  it('leaves what is outside of it alone, and limits nothing without most points', () => {
    expect(pointsOf([tracked('Replied', NOON), tracked('Demo Requested', NOON)])).toBeCloseTo(17, 9);
    const free = modelWith(grouped(undefined, 'reply', 'link-click'));
    expect(pointsOf([tracked('Replied', NOON), tracked('Email Link Clicked', NOON)], NOON, free)).toBeCloseTo(13, 9);
  });

  it('is applied at the end of each active day, so a full group has room again after a half-life', () => {
    const full = Array.from({ length: 10 }, () => tracked('Email Link Clicked', daysBefore(NOON, 30)));
    expect(pointsOf(full)).toBeCloseTo(4, 9);
    expect(pointsOf([...full, tracked('Email Link Clicked', NOON)])).toBeCloseTo(7, 9);
    expect(pointsOf([...full, tracked('Replied', NOON)])).toBeCloseTo(8, 9);
  });

  it('holds negative points, too', () => {
    const harsh = modelWith(grouped(12, 'unsubscribe', 'spam-complaint'));
    const events = [tracked('Unsubscribed', NOON), tracked('Spam Reported', NOON)];
    expect(pointsOf(events, NOON, harsh)).toBeCloseTo(-12, 9);
  });

  it('holds what a spike is worth', () => {
    const clicks = Array.from({ length: 9 }, () => tracked('Email Link Clicked', NOON));
    const tight = modelWith(grouped(7, 'link-click'));
    expect(spikeAt(profileOf(clicks, limited), NOON, limited).isSpike).toBe(true);
    expect(spikeAt(profileOf(clicks, tight), NOON, tight).isSpike).toBe(false);
  });
});

/** Points by the definition, straight from the events: no buckets, no landmark. */
function pointsByDefinition(events: readonly ScoringEvent[], at: number, { groups = [], signals }: Settings): number {
  const units = [
    ...groups.map(({ key, mostPoints }) => ({ mostPoints, members: signals.filter(({ group }) => group === key) })),
    ...signals
      .filter(({ group }) => group === undefined)
      .map((signal) => ({ mostPoints: undefined, members: [signal] })),
  ];
  return units.reduce((sum, { mostPoints = Infinity, members }) => {
    const totals = new Map(members.map(({ key }) => [key, 0]));
    const own = events.filter(({ name }) => members.some(({ key }) => signalNames[key] === name));
    let asOf = 0;
    for (const day of new Set(own.map((event) => Math.floor(event.at / DAY_MS)).sort((one, other) => one - other))) {
      const ofDay = own.filter((event) => Math.floor(event.at / DAY_MS) === day);
      const last = Math.max(...ofDay.map((event) => event.at));
      for (const signal of members)
        totals.set(signal.key, totalOn(signal, ofDay, last, (totals.get(signal.key) ?? 0) * decay(last - asOf)));
      const most = Math.min(1, mostPoints / [...totals.values()].reduce((one, other) => one + other, 0));
      for (const [key, total] of totals) totals.set(key, total * most);
      asOf = last;
    }
    return members.reduce(
      (all, { key, weightPoints }) => all + Math.sign(weightPoints) * (totals.get(key) ?? 0) * decay(at - asOf),
      sum,
    );
  }, 0);
}

/** A signal's total after a day; its own limit holds as of its own last event of the day. */
function totalOn(signal: SignalDefinition, ofDay: readonly ScoringEvent[], asOf: number, before: number): number {
  const own = ofDay.filter(({ name }) => name === signalNames[signal.key]).map((event) => event.at);
  if (own.length === 0) return before;
  const part = Math.min(1, (signal.dailyLimit ?? Infinity) / own.length) * Math.abs(signal.weightPoints);
  const total = own.reduce((sum, instant) => sum + part * decay(asOf - instant), before);
  return Math.min(total, (signal.mostPoints ?? Infinity) * decay(asOf - Math.max(...own)));
}

function decay(ms: number): number {
  return 2 ** (-ms / (30 * DAY_MS));
}

describe('groups in a model', () => {
  const settings = { ...defaultModel.engagement, ...mailGroup };
  const later = fc.integer({ min: 0, max: 2 * 365 * DAY_MS }).map((ms) => NOON + ms);

  it('equal a direct sum over the events, with limits and caps of signals in play', () => {
    fc.assert(
      fc.property(someEvents, later, (events, at) => {
        expect(Math.abs(pointsOf(events, at) - pointsByDefinition(events, at, settings))).toBeLessThan(1e-9);
      }),
      { seed: SEED },
    );
  });

  it('keep the rank static: it is worth the points at every instant, and shares add up to them', () => {
    fc.assert(
      fc.property(someEvents, later, (events, at) => {
        const profile = profileOf(events, limited);
        const points = pointsAt(engagementRank(profile, limited), at, limited);
        expect(Math.abs(points - pointsOf(events, at))).toBeLessThan(1e-9);
        const shares = contributionsAt(profile, at, limited).reduce((sum, share) => sum + share.points, 0);
        expect(Math.abs(points - shares)).toBeLessThan(1e-9);
      }),
      { seed: SEED },
    );
  });

  it('must exist, be named once, and hold weights of one sign where they have a limit', () => {
    const pathsOf = (engagement: Partial<Settings>): string[] =>
      modelIssues(documentWith(engagement)).map(({ path }) => path);
    const [reply, demo, ...rest] = defaultModel.engagement.signals;
    const other = { ...demo, group: 'nowhere' };
    const place = defaultModel.engagement.signals.findIndex(({ key }) => key === 'unsubscribe');
    expect(pathsOf({ ...grouped(5, 'reply', 'unsubscribe') })).toEqual([`engagement.signals.${place}.weightPoints`]);
    expect(pathsOf({ ...grouped(undefined, 'reply', 'unsubscribe') })).toEqual([]);
    expect(pathsOf({ signals: reply && demo ? [reply, { ...demo, ...other }, ...rest] : [] })).toEqual([
      'engagement.signals.1.group',
    ]);
    const mail = { key: 'mail', label: 'Mail' };
    expect(pathsOf({ groups: [mail, mail] })).toEqual(['engagement.groups.1.key']);
  });
});
