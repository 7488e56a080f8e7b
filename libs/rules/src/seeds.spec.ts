import { crossingAt, DAY_MS, pointsOfScore, type ScoringEvent } from '@rekindle/scoring';
import { advance } from './advance';
import {
  aRule,
  clicked,
  day,
  definitionsOf,
  did,
  HOUR_MS,
  opened,
  nobody,
  readCaseStudy,
  replied,
  sawPricing,
  START,
  Story,
  used,
  visited,
} from './lead.fixture';
import { replay } from './replay';
import { shippedRules } from './shipped.rules';

const shipped = definitionsOf(shippedRules);
const burst = (from: number): ScoringEvent[] => [
  opened(from),
  opened(from + HOUR_MS),
  opened(from + 2 * HOUR_MS),
  opened(from + 3 * HOUR_MS),
  sawPricing(from + 4 * HOUR_MS),
  sawPricing(from + 5 * HOUR_MS),
  readCaseStudy(from + 6 * HOUR_MS),
];

describe('the shipped rules', () => {
  it('R6: high engagement alerts sales, a sudden spike calls for outreach, decline starts re-engagement', () => {
    const warm = new Story(shipped);
    warm.live([replied(day(0)), replied(day(1)), replied(day(2)), replied(day(3))]);
    expect(warm.firings('engagement-high')).toEqual([day(2)]);

    const sudden = new Story(shipped);
    sudden.live([opened(day(0)), ...burst(day(40))]);
    expect(sudden.firings('spike')).toHaveLength(1);

    const fading = new Story(shipped);
    fading.live([clicked(day(0))]);
    fading.runTimer(day(100));
    expect(fading.firings('gone-quiet')).toEqual([day(30)]);
  });

  it('R8: four mails opened, pricing twice and a case study from a low base alert once and name the three causes', () => {
    const lead = new Story(shipped);
    lead.live([opened(day(0)), ...burst(day(40))]);
    lead.runTimer(day(60));
    const firings = lead.changes.flatMap((change) =>
      change.kind === 'firing' && change.rule === 'spike' ? [change] : [],
    );
    expect(firings).toHaveLength(1);
    expect(firings[0]?.sequence).toBe(1);
    expect(firings[0]?.at).toBe(day(40) + 6 * HOUR_MS);
    expect(firings[0]?.causes.map((cause) => cause.signal).sort()).toEqual([
      'case-study',
      'email-open',
      'pricing-page',
    ]);
  });

  it('R8: a burst that arrives as one batch names all three causes in the one alert', () => {
    const lead = new Story(shipped);
    lead.live([opened(day(0))]);
    const [firing, ...others] = lead
      .arrive(burst(day(20)), day(20.5))
      .flatMap((change) => (change.kind === 'firing' ? [change] : []));
    expect(others).toEqual([]);
    expect(firing?.causes.map((cause) => cause.signal).sort()).toEqual(['case-study', 'email-open', 'pricing-page']);
  });

  it('R9: a lead enrols at the first instant at which the score was low and all was silent for 30 days', () => {
    const lead = new Story(shipped);
    // Three replies and pricing: high at first, so the score is the last of the two to hold.
    lead.live([replied(day(0)), replied(day(0.1)), replied(day(0.2)), sawPricing(day(0.3))]);
    const low = crossingAt(lead.summary?.engagementRank ?? null, pointsOfScore(25, shipped.model), shipped.model) ?? 0;
    expect(low).toBeGreaterThan(day(1));
    lead.runTimer(low + 30 * DAY_MS - 1);
    expect(lead.firings('gone-quiet')).toEqual([]);
    lead.runTimer(low + 30 * DAY_MS);
    expect(lead.firings('gone-quiet')).toEqual([low + 30 * DAY_MS]);
  });

  it.each([
    ['an open', opened],
    ['a click', clicked],
    ['a visit', visited],
    ['a reply', replied],
  ])('R9: %s before the 30 days are over cancels the enrolment', (_what, act) => {
    const lead = new Story(shipped);
    lead.live([clicked(day(0))]);
    const moment = day(30) - 1;
    lead.runTimer(moment - 1);
    lead.live([act(moment)]);
    lead.runTimer(moment + 30 * DAY_MS - 1);
    expect(lead.firings('gone-quiet')).toEqual([]);
    lead.runTimer(day(200));
    expect(lead.firings('gone-quiet')).toHaveLength(1);
  });

  it('R9: somebody who never had a signal is not "quiet" and never enrols', () => {
    const lead = new Story(shipped);
    lead.live([did('Something Else', day(0)), used(day(0))]);
    lead.runTimer(day(400));
    expect(lead.firings('gone-quiet')).toEqual([]);
  });

  it('B15: a lead that comes back a second before the rule would fire is left alone', () => {
    const lead = new Story(shipped);
    lead.live([clicked(day(0)), visited(day(30) - 1_000)]);
    lead.runTimer(day(31));
    expect(lead.firings('gone-quiet')).toEqual([]);
  });

  it('R16: a score that swings around the threshold gives one alert', () => {
    const lead = new Story(shipped);
    lead.live([replied(day(0)), replied(day(0.1)), replied(day(0.2))]);
    for (let index = 1; index <= 10; index += 1) {
      lead.runTimer(day(index * 10));
      lead.live([sawPricing(day(index * 10))]);
    }
    const bands = lead.changes.flatMap((change) => (change.kind === 'band' ? [change.to] : []));
    expect(bands.filter((band) => band === 'high').length).toBeGreaterThan(3);
    expect(lead.firings('engagement-high')).toHaveLength(1);
  });

  it('R16: within the cool-down a second rise from below is silent, after it is told', () => {
    const lead = new Story(
      definitionsOf([aRule({ when: { fact: 'engagement.score', operator: 'gte', value: 60 }, coolDownDays: 7 })]),
    );
    const three = (at: number): ScoringEvent[] =>
      [0, 1, 2].map((index) => ({ ...replied(at), messageId: `${at}.${index}` }));
    lead.live(three(day(0)));
    lead.runTimer(day(6));
    lead.live(three(day(6)));
    lead.runTimer(day(40));
    lead.live(three(day(40)));
    expect(lead.firings('a-rule')).toEqual([day(0), day(40)]);
  });
});

describe('leading indicators', () => {
  it('B20: a sharp drop in frequency is a rule condition', () => {
    const rule = aRule({ when: { fact: 'signals.changePercent', signals: ['click'], operator: 'lte', value: -50 } });
    const lead = new Story(definitionsOf([rule]));
    const clicks = [0, 2, 4, 6, 8, 10, 12].map((days) => clicked(day(days + 0.5)));
    lead.live([...clicks, clicked(day(15.5))]);
    lead.runTimer(day(60));
    // Seven clicks in the first two weeks, one in the second: on day 20 four old ones stand against three newer.
    const expected = [...Array(40).keys()].find((today) => {
      const days = [0, 2, 4, 6, 8, 10, 12, 15];
      const recent = days.filter((clickDay) => clickDay <= today && today - clickDay < 14).length;
      const before = days.filter((clickDay) => today - clickDay >= 14 && today - clickDay < 28).length;
      return today > 15 && before > 0 && recent <= before / 2;
    });
    expect(lead.firings('a-rule')).toEqual([START + (expected ?? 0) * DAY_MS]);
  });

  it('B20: a key action not done within a window is a rule condition', () => {
    const rule = aRule({
      when: { fact: 'signals.daysSinceLast', signals: ['demo-request'], operator: 'gte', value: 14 },
    });
    const lead = new Story(definitionsOf([rule]));
    lead.live([did('Demo Requested', day(0.25)), clicked(day(3)), clicked(day(12))]);
    lead.runTimer(day(30));
    expect(lead.firings('a-rule')).toEqual([day(14.25)]);
  });

  it.each([
    [29, []],
    [30, ['lapsed']],
    [31, ['lapsed']],
    [89, ['lapsed']],
    [90, ['churned']],
    [91, ['churned']],
  ])('B1: with the last activity %i days ago a lead is %j', (days, expected) => {
    const rules = [
      aRule({
        key: 'lapsed',
        when: {
          all: [
            { fact: 'activity.daysSinceLast', operator: 'gte', value: 30 },
            { fact: 'activity.daysSinceLast', operator: 'lt', value: 90 },
          ],
        },
      }),
      aRule({ key: 'churned', when: { fact: 'activity.daysSinceLast', operator: 'gte', value: 90 } }),
    ];
    const { state } = replay({ events: [visited(day(0))], attributes: nobody, until: day(days) }, definitionsOf(rules));
    const on = Object.entries(state.triggers).flatMap(([key, trigger]) => (trigger.isOn ? [key] : []));
    expect(on).toEqual(expected);
  });
});

describe('usage tiers', () => {
  const history = [...Array(12).keys()].map((index) => used(day(index)));

  it('M12: a tier change is told once, with the tier before, the tier after and the count, and replay adds none', () => {
    const lead = new Story(definitionsOf([]));
    lead.live(history);
    lead.runTimer(day(100));
    lead.arrive([], day(101));
    const tiers = lead.changes.flatMap((change) => (change.kind === 'tier' ? [change] : []));
    expect(tiers).toEqual([
      { kind: 'tier', at: day(0), from: null, to: 'at-risk', events30d: 1 },
      { kind: 'tier', at: day(9), from: 'at-risk', to: 'active', events30d: 10 },
      { kind: 'tier', at: day(32), from: 'active', to: 'at-risk', events30d: 9 },
      { kind: 'tier', at: day(41), from: 'at-risk', to: 'dormant', events30d: 0 },
    ]);
    const again = replay({ events: history, attributes: nobody, until: day(101) }, lead.definitions);
    expect(again.changes).toEqual(lead.changes);
    const input = { state: again.state, attributes: nobody, events: [], now: day(102) };
    expect(advance(input, lead.definitions).changes).toEqual([]);
  });

  it('M11: the first tier is set once and never changes', () => {
    const lead = new Story(definitionsOf([]));
    lead.live(history);
    lead.runTimer(day(60));
    lead.arrive(
      [...Array(60).keys()].map((index) => used(day(61) + index)),
      day(62),
    );
    expect(lead.state.tier).toBe('power');
    expect(lead.state.firstTier).toBe('at-risk');
  });

  it('somebody who never used the product has no tier', () => {
    const lead = new Story(definitionsOf([]));
    lead.live([visited(day(0))]);
    expect(lead.summary?.usageTier).toBeNull();
    expect(lead.state.firstTier).toBeNull();
  });
});
