import { engagementPointsAt, hasStaticRank } from '../engagement/engagement.rank';
import { NOON, profileOf, tracked } from '../event.fixture';
import { compileModel } from '../model/model.compile';
import { modelIssues } from '../model/model.validate';
import { hubSpotModel } from './hubspot.preset';

const model = compileModel(hubSpotModel, 1);
const pointsOf = (...names: string[]): number => {
  const events = names.flatMap((name) => Array.from({ length: 50 }, (_, index) => tracked(name, NOON - index)));
  return engagementPointsAt(profileOf(events, model), NOON, model) ?? 0;
};

describe('the model of groups with limits', () => {
  it('is valid, survives JSON and keeps static ranks', () => {
    expect(modelIssues(hubSpotModel)).toEqual([]);
    expect(modelIssues(JSON.parse(JSON.stringify(hubSpotModel)))).toEqual([]);
    expect(hasStaticRank(model)).toBe(true);
  });

  it('M19: no channel alone makes more points than its limit, however busy', () => {
    expect(pointsOf('Email Link Clicked', 'Email Opened')).toBeCloseTo(20, 9);
    expect(pointsOf('Case Study Viewed', 'Content Downloaded')).toBeCloseTo(15, 9);
    expect(pointsOf('Replied', 'Demo Requested')).toBeCloseTo(30, 9);
    expect(pointsOf('Unsubscribed', 'Spam Reported')).toBeCloseTo(-40, 9);
  });

  it('allows 100 points in all', () => {
    const positive = (hubSpotModel.engagement.groups ?? []).filter(({ key }) => key !== 'trouble');
    expect(positive.reduce((sum, { mostPoints = 0 }) => sum + mostPoints, 0)).toBe(100);
    expect(hubSpotModel.engagement.signals.every(({ group }) => group !== undefined)).toBe(true);
  });
});
