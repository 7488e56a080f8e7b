import { defaultModel, type ScoringEvent } from '@rekindle/scoring';
import { advance } from './advance';
import { compileDefinitions } from './definitions';
import { aRule, clicked, day, definitionsOf, HOUR_MS, nobody, replied, Story, visited } from './lead.fixture';
import type { TriggerRule } from './rule.schema';

const hot = { fact: 'engagement.score', operator: 'gte', value: 60 } as const;
const warm = { fact: 'engagement.score', operator: 'gte', value: 50 } as const;
const calm = { fact: 'engagement.score', operator: 'lt', value: 40 } as const;

function replies(count: number, at: number): ScoringEvent[] {
  return Array.from({ length: count }, (_, index) => ({ ...replied(at), messageId: `${at}.${index}` }));
}

/** Three replies every 40 days, so that the score rises over 60 and sinks below 40 each time. */
function waves(lead: Story, count: number): void {
  for (let wave = 0; wave < count; wave += 1) {
    lead.live(replies(3, day(wave * 60)));
    lead.runTimer(day(wave * 60 + 59));
  }
}

function versioned(document: TriggerRule, version: number, isEnabled = true) {
  return compileDefinitions({
    model: { document: defaultModel, version: 1 },
    rules: [{ document, version, isEnabled }],
  });
}

describe('a trigger', () => {
  it('fires each time its condition becomes true again, and not while it stays true', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot })]));
    waves(lead, 3);
    expect(lead.firings('a-rule')).toEqual([day(0), day(60), day(120)]);
    const sequences = lead.changes.flatMap((change) => (change.kind === 'firing' ? [change.sequence] : []));
    expect(sequences).toEqual([1, 2, 3]);
  });

  it('stays on between its two lines', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot, until: calm })]));
    lead.live(replies(3, day(0)));
    lead.runTimer(day(10));
    expect(lead.state.triggers['a-rule']?.isOn).toBe(true);
    lead.runTimer(day(31));
    expect(lead.state.triggers['a-rule']?.isOn).toBe(false);
  });

  it('does not switch on while the condition that would switch it off holds', () => {
    const lead = new Story(definitionsOf([aRule({ when: { ...hot, value: 55 }, until: hot })]));
    lead.live(replies(3, day(0)));
    expect(lead.firings('a-rule')).toEqual([]);
    lead.runTimer(day(30));
    expect(lead.firings('a-rule')).toHaveLength(1);
  });

  it('fires when its condition becomes false, if that is its edge', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot, edge: 'becomes-false' })]));
    lead.live([visited(day(0)), ...replies(3, day(1))]);
    expect(lead.firings('a-rule')).toEqual([]);
    lead.runTimer(day(100));
    const [at] = lead.firings('a-rule');
    expect(lead.changes.find((change) => change.kind === 'band' && change.from === 'high')?.at).toBe(at);
  });

  it('fires no more often than its most firings', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot, mostFirings: 2 })]));
    waves(lead, 4);
    expect(lead.firings('a-rule')).toEqual([day(0), day(60)]);
  });

  it('is silent during its cool-down and fires at the next crossing after it', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot, coolDownDays: 61 })]));
    waves(lead, 4);
    expect(lead.firings('a-rule')).toEqual([day(0), day(120)]);
  });

  it('does not fire for events older than its most event age, but knows where the lead stands', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot })]));
    lead.arrive(replies(3, day(0)), day(0) + 24 * HOUR_MS + 1);
    expect(lead.firings('a-rule')).toEqual([]);
    expect(lead.state.triggers['a-rule']).toMatchObject({ isOn: true, firings: 0, lastFiredAt: null });
  });

  it('fires for events as old as its most event age allows', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot })]));
    lead.arrive(replies(3, day(0)), day(0) + 24 * HOUR_MS);
    expect(lead.firings('a-rule')).toEqual([day(0)]);
  });

  it('never fires for a late event older than its most event age, though the score rises now', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot })]));
    lead.live([...replies(2, day(0)), visited(day(10))]);
    lead.arrive([replied(day(5)), replied(day(6))], day(10) + HOUR_MS);
    expect(lead.firings('a-rule')).toEqual([]);
    expect(lead.state.triggers['a-rule']?.isOn).toBe(true);
  });

  it('fires for an event that is late by an hour, at the instant the lead was last looked at', () => {
    const lead = new Story(definitionsOf([aRule({ when: hot })]));
    lead.live([...replies(2, day(0)), visited(day(1))]);
    lead.arrive([replied(day(1) - HOUR_MS)], day(1) + HOUR_MS);
    expect(lead.firings('a-rule')).toEqual([day(1)]);
  });

  it('does not fire for due moments inside history that is imported later', () => {
    const rule = aRule({ when: { fact: 'activity.daysSinceLast', operator: 'gte', value: 30 } });
    const lead = new Story(definitionsOf([rule]));
    lead.arrive([visited(day(0)), visited(day(100))], day(110));
    expect(lead.firings('a-rule')).toEqual([]);
    lead.runTimer(day(140));
    expect(lead.firings('a-rule')).toEqual([day(130)]);
  });

  it('does not count unknown as true: a lead without a score matches neither a rule nor its opposite', () => {
    const lead = new Story(
      definitionsOf([aRule({ key: 'low', when: calm }), aRule({ key: 'not-low', when: { not: calm } })]),
    );
    lead.arrive([{ ...visited(day(0)), type: 'identify', name: null }], day(0));
    lead.runTimer(day(50));
    expect(lead.changes).toEqual([]);
  });

  it('notices an edit of the lead’s attributes when it is next looked at', () => {
    const rule = aRule({ when: { fact: 'lead.trait', path: 'title', operator: 'contains', value: 'head of' } });
    const lead = new Story(definitionsOf([rule]));
    lead.live([visited(day(0))]);
    lead.attributes = { traits: { title: 'Head of Sales' }, accountTraits: {} };
    expect(lead.arrive([], day(2)).map((change) => change.kind)).toEqual(['firing']);
    expect(lead.firings('a-rule')).toEqual([day(2)]);
  });

  it('switches without firing when asked to be silent', () => {
    const definitions = definitionsOf([aRule({ when: hot })]);
    const events = replies(3, day(0));
    const { state } = new Story(definitions);
    const result = advance({ state, attributes: nobody, events, now: day(0), isSilent: true }, definitions);
    expect(result.changes.filter((change) => change.kind === 'firing')).toEqual([]);
    expect(result.state.triggers['a-rule']).toMatchObject({ isOn: true, firings: 0 });
  });
});

describe('a rule that meets leads with a history', () => {
  const rule = aRule({ when: warm });

  it('does not fire for those who match already when it is turned on, only for new crossings', () => {
    const lead = new Story(definitionsOf([]));
    lead.live(replies(3, day(0)));
    lead.definitions = definitionsOf([rule]);
    lead.arrive([clicked(day(1))], day(1));
    expect(lead.firings('a-rule')).toEqual([]);
    expect(lead.state.triggers['a-rule']?.isOn).toBe(true);
    lead.runTimer(day(60));
    lead.live(replies(3, day(60)));
    expect(lead.firings('a-rule')).toEqual([day(60)]);
  });

  it('does not fire for a crossing that happened before it was turned on', () => {
    const late = aRule({ when: { fact: 'activity.daysSinceLast', operator: 'gte', value: 1 } });
    const lead = new Story(definitionsOf([]));
    lead.live([visited(day(0))]);
    lead.arrive([], day(1.1));
    lead.definitions = definitionsOf([late]);
    lead.arrive([], day(1.2));
    expect(lead.firings('a-rule')).toEqual([]);
    expect(lead.state.triggers['a-rule']?.isOn).toBe(true);
  });

  it('starts anew without firing after an edit, and remembers the firings of before', () => {
    const lead = new Story(versioned(aRule({ when: hot }), 1));
    lead.live(replies(3, day(0)));
    lead.runTimer(day(10));
    expect(lead.state.triggers['a-rule']?.isOn).toBe(false);
    lead.definitions = versioned(rule, 2);
    lead.arrive([], day(11));
    expect(lead.firings('a-rule')).toEqual([day(0)]);
    expect(lead.state.triggers['a-rule']).toMatchObject({
      ruleVersion: 2,
      isOn: true,
      firings: 1,
      lastFiredAt: day(0),
    });
  });

  it('does not fire on being turned on again for what crossed while it was off', () => {
    const lead = new Story(versioned(rule, 1));
    lead.live([visited(day(0))]);
    lead.definitions = versioned(rule, 1, false);
    lead.live(replies(3, day(1)));
    lead.definitions = versioned(rule, 1);
    lead.arrive([], day(1.1));
    expect(lead.firings('a-rule')).toEqual([]);
    expect(lead.state.triggers['a-rule']?.isOn).toBe(true);
  });

  it('that cannot run is set aside with its reasons, and the others run', () => {
    const broken = aRule({ key: 'broken', when: { fact: 'weather', operator: 'eq', value: 'rain' } });
    const definitions = definitionsOf([broken, rule]);
    expect(definitions.brokenRules).toEqual([
      {
        key: 'broken',
        version: 1,
        issues: [{ path: 'when.fact', code: 'unknown-fact', message: 'There is no fact "weather".' }],
      },
    ]);
    const lead = new Story(definitions);
    lead.live(replies(3, day(0)));
    expect(lead.firings('a-rule')).toEqual([day(0)]);
  });
});
