import fc from 'fast-check';
import { daysBefore, NOON, profileOf, SEED, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { type CompiledModel, compileModel } from '../model/model.compile';
import type { LifecycleSettings } from '../model/model.schema';
import { modelIssues } from '../model/model.validate';
import { DAY_MS, type ScoringEvent } from '../profile';
import { applyEvents, emptyProfile } from '../profile/profile.apply';
import type { Lifecycle } from '../score';
import { lifecycleAt, nextLifecycleChangeAt } from './lifecycle.read';
import { usageAt } from './usage.read';

const events = {
  activation: { fact: 'event.name', operator: 'eq', value: 'First Import' },
  core: { fact: 'event.name', operator: 'eq', value: 'Report Sent' },
  sessionStart: { fact: 'event.name', operator: 'eq', value: 'Session Started' },
} as const;
const documentWith = (lifecycle: LifecycleSettings): object => ({
  ...defaultModel,
  usage: { ...defaultModel.usage, lifecycle },
});
const compiled = (lifecycle: LifecycleSettings): CompiledModel => compileModel(documentWith(lifecycle), 1);
const model = compiled(events);

const activated = tracked('First Import', daysBefore(NOON, 400));
const sent = (...daysAgo: number[]): ScoringEvent[] =>
  daysAgo.map((days) => tracked('Report Sent', daysBefore(NOON, days)));
const read = (of: readonly ScoringEvent[], by = model, at = NOON): Lifecycle =>
  lifecycleAt(profileOf(of, by), at, by) ?? {
    stage: 'churned',
    warning: null,
    activatedAt: 0,
    lastCoreAt: 0,
    lastSessionAt: 0,
  };
const stageOf = (of: readonly ScoringEvent[], by = model, at = NOON): string => read(of, by, at).stage;

describe('the lifecycle of a user', () => {
  it.each([
    [29, 'at-risk'],
    [30, 'lapsed'],
    [31, 'lapsed'],
    [89, 'lapsed'],
    [90, 'churned'],
    [91, 'churned'],
  ])('B1: last active %i days ago is %s', (days, stage) => {
    expect(stageOf([activated, ...sent(days)])).toBe(stage);
  });

  it('B1: to the millisecond', () => {
    const profile = profileOf([activated, ...sent(0)], model);
    const at = (days: number, ms = 0): string | undefined =>
      lifecycleAt(profile, NOON + days * DAY_MS + ms, model)?.stage;
    expect([at(0), at(30, -1), at(30), at(90, -1), at(90)]).toEqual([
      'active',
      'at-risk',
      'lapsed',
      'lapsed',
      'churned',
    ]);
  });

  it('B1: at risk is active but declining over the last 14 days', () => {
    const steady = sent(1, 3, 5, 8, 15, 18, 22, 26);
    const halved = sent(1, 3, 15, 18, 22, 26);
    expect([stageOf([activated, ...steady]), stageOf([activated, ...halved])]).toEqual(['active', 'at-risk']);
    expect(stageOf([activated, ...sent(1)])).toBe('active');
    expect(stageOf([activated, ...sent(13)])).toBe('active');
    expect(stageOf([activated, ...sent(14)])).toBe('at-risk');
  });

  it('B1: changing a window reclassifies the same profile, with no event taken in again', () => {
    const profile = profileOf([activated, ...sent(20, 45, 46, 47)], model);
    const patient = compiled({ ...events, activeDays: 60, churnedDays: 365, decline: { days: 30, dropPercent: 100 } });
    const strict = compiled({ ...events, activeDays: 7, churnedDays: 14 });
    expect([model, patient, strict].map((by) => lifecycleAt(profile, NOON, by)?.stage)).toEqual([
      'at-risk',
      'active',
      'churned',
    ]);
  });

  it('B21: who never had the activation event is not counted as churned, whatever else it did', () => {
    expect(stageOf(sent(200))).toBe('never-activated');
    expect(stageOf([])).toBe('never-activated');
    expect(stageOf([tracked('Session Started', daysBefore(NOON, 200))])).toBe('never-activated');
    expect(stageOf([activated])).toBe('churned');
    expect(stageOf([tracked('First Import', NOON)])).toBe('active');
  });

  it('B21: without an activation event churned is reported with a warning', () => {
    const unsure = compiled({ core: events.core });
    expect(read(sent(200), unsure)).toMatchObject({ stage: 'churned', warning: 'no-activation-event' });
    expect(read([activated, ...sent(200)]).warning).toBeNull();
    expect(stageOf([], unsure)).toBe('never-activated');
  });

  it('B21: a session alone is noted and keeps nobody active', () => {
    const reading = read([activated, ...sent(100), tracked('Session Started', NOON)]);
    expect(reading).toMatchObject({ stage: 'churned', lastSessionAt: NOON, activatedAt: daysBefore(NOON, 400) });
  });

  it('counts every usage event where no core event is named, and no automated one', () => {
    const byUsage = compiled({ activation: events.activation });
    const use = (more: object): ScoringEvent => tracked('Feature Used', NOON, { feature_name: 'x', ...more });
    expect(stageOf([activated, use({})], byUsage)).toBe('active');
    expect(stageOf([activated, use({ is_automated: true })], byUsage)).toBe('churned');
  });

  it('is part of the usage score only where the model has one', () => {
    const profile = profileOf([activated, ...sent(0)], model);
    expect(usageAt(profile, NOON, model).lifecycle?.stage).toBe('active');
    expect(lifecycleAt(profile, NOON, compileModel(defaultModel, 1))).toBeNull();
    expect(profileOf([activated], compileModel(defaultModel, 1)).usage.lifecycle).toBeUndefined();
  });

  it('refuses a lead that is active longer than it takes to churn, and conditions on the wrong facts', () => {
    const fit = { fact: 'lead.trait', path: 'plan', operator: 'exists' } as const;
    const issues = modelIssues(documentWith({ activation: fit, core: fit, sessionStart: fit, activeDays: 90 }));
    expect(issues.map(({ path }) => path)).toEqual([
      'usage.lifecycle.churnedDays',
      'usage.lifecycle.activation',
      'usage.lifecycle.core',
      'usage.lifecycle.sessionStart',
    ]);
  });
});

describe('the lifecycle over time', () => {
  const someEvents = fc.array(
    fc
      .record({
        name: fc.constantFrom('First Import', 'Report Sent', 'Report Sent', 'Session Started'),
        ms: fc.oneof(fc.integer({ min: 0, max: 40 * DAY_MS }), fc.integer({ min: 0, max: 500 * DAY_MS })),
      })
      .map(({ name, ms }) => tracked(name, NOON - ms)),
    { maxLength: 30 },
  );

  it('is the same for any order and batching of the same events', () => {
    fc.assert(
      fc.property(
        someEvents.chain((all) =>
          fc.record({ all: fc.constant(all), shuffled: fc.shuffledSubarray(all, { minLength: all.length }) }),
        ),
        fc.nat(30),
        ({ all, shuffled }, cut) => {
          const first = applyEvents(emptyProfile(), shuffled.slice(0, cut), model).profile;
          expect(applyEvents(first, shuffled.slice(cut), model).profile).toEqual(profileOf(all, model));
        },
      ),
      { seed: SEED },
    );
  });

  it('changes without an event at the very instant it names, and not before', () => {
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 0, max: 100 * DAY_MS }), (all, ms) => {
        const profile = profileOf(all, model);
        const stageAt = (at: number): string | undefined => lifecycleAt(profile, at, model)?.stage;
        const change = nextLifecycleChangeAt(profile, NOON, model);
        const end = change ?? NOON + 1_000 * DAY_MS;
        expect([stageAt(NOON + (ms % (end - NOON))), stageAt(end - 1)]).toEqual([stageAt(NOON), stageAt(NOON)]);
        if (change !== null) expect(stageAt(change)).not.toBe(stageAt(NOON));
      }),
      { seed: SEED },
    );
  });
});
