import fc from 'fast-check';
import { NOON, noAttributes, profileOf, SEED, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { type CompiledModel, compileModel } from '../model/model.compile';
import { modelIssues } from '../model/model.validate';
import type { UsageSettings } from '../model/model.schema';
import { DAY_MS, type LeadAttributes, type ScoringEvent } from '../profile';
import { applyEvents, emptyProfile } from '../profile/profile.apply';
import { scoreAt } from '../score.compute';
import { pruneProfile } from './usage.apply';
import { featureLevelsAt, featuresEngaged, productTiersAt } from './usage.levels';
import { nextTierChangeAt, nextUsageChangeAt, tierOf, usageAt } from './usage.read';

const table = (active: number, power: number): UsageSettings['tiers'] => [
  { key: 'power', label: 'Power', minEvents: power },
  { key: 'active', label: 'Active', minEvents: active },
  { key: 'below', label: 'Below active', minEvents: 0 },
];
const usageWith = (usage: Partial<UsageSettings>): object => ({
  ...defaultModel,
  usage: { ...defaultModel.usage, ...usage },
});
const compiled = (usage: Partial<UsageSettings>): CompiledModel => compileModel(usageWith(usage), 1);

const feature = (name: string, active: number, power: number): NonNullable<UsageSettings['features']>[number] => ({
  key: name.toLowerCase(),
  label: name,
  names: [name],
  tiers: table(active, power),
});
const withFeatures = compiled({
  features: [feature('Dashboard', 5, 15), feature('API', 20, 100), feature('Analytics', 3, 10)],
});
const product = (key: string, active: number, power: number): NonNullable<UsageSettings['products']>[number] => ({
  key,
  label: key,
  match: { fact: 'event.property', path: 'product', operator: 'eq', value: key },
  tiers: table(active, power),
});
const withProducts = compiled({ products: [product('crm', 4, 20), product('mail', 50, 500)] });
const withSegments = compiled({
  segments: [
    {
      key: 'starter',
      label: 'Starter plan',
      match: { fact: 'lead.trait', path: 'plan', operator: 'eq', value: 'starter' },
      tiers: table(2, 6),
    },
    {
      key: 'admins',
      label: 'Administrators',
      match: { fact: 'lead.trait', path: 'role', operator: 'eq', value: 'admin' },
      tiers: table(100, 200),
    },
  ],
});

const used = (count: number, name: string, more: Record<string, unknown> = {}): ScoringEvent[] =>
  Array.from({ length: count }, (_, index) => tracked('Feature Used', NOON - index, { feature_name: name, ...more }));
const lead = (traits: Record<string, unknown>): LeadAttributes => ({ traits, accountTraits: {} });

describe('feature levels', () => {
  const levelsOf = (events: ScoringEvent[], at = NOON): Record<string, string> =>
    Object.fromEntries(
      featureLevelsAt(profileOf(events, withFeatures), at, withFeatures).map(({ key, tier }) => [key, tier]),
    );

  it.each([
    ['dashboard', 4, 'below'],
    ['dashboard', 5, 'active'],
    ['dashboard', 14, 'active'],
    ['Dashboard', 15, 'power'],
    ['api', 15, 'below'],
    ['api', 20, 'active'],
    ['api', 100, 'power'],
    ['analytics', 2, 'below'],
    ['analytics', 3, 'active'],
    ['analytics', 10, 'power'],
  ])('M18: %s used %i times is the level %s', (name, count, level) => {
    expect(levelsOf(used(count, name))[name.toLowerCase()]).toBe(level);
  });

  it('M18: tells "feature engaged" with feature and level once per level reached, and not when one is lost', () => {
    const levels = (count: number): ReturnType<typeof featureLevelsAt> =>
      featureLevelsAt(profileOf(used(count, 'Dashboard'), withFeatures), NOON, withFeatures);
    expect(featuresEngaged(levels(4), levels(5))).toEqual([
      { key: 'dashboard', label: 'Dashboard', tier: 'active', events: 5, minEvents: 5 },
    ]);
    expect(featuresEngaged([], levels(15)).map(({ key, tier }) => [key, tier])).toEqual([['dashboard', 'power']]);
    expect(featuresEngaged(levels(5), levels(6))).toEqual([]);
    expect(featuresEngaged(levels(15), levels(4))).toEqual([]);
  });

  it('are part of the score only where the model has them', () => {
    const profile = profileOf(used(5, 'Dashboard'), withFeatures);
    expect(usageAt(profile, NOON, withFeatures).features).toHaveLength(3);
    expect(Object.keys(usageAt(profile, NOON, compiled({})))).not.toContain('features');
  });
});

describe('products', () => {
  const events = [...used(6, 'x', { product: 'crm' }), ...used(6, 'y', { product: 'Mail' })];

  it('M17: one lead has two tiers in two products of different tables', () => {
    const profile = profileOf(events, withProducts);
    expect(
      productTiersAt(profile, NOON, withProducts).map(({ key, tier, events: count }) => [key, tier, count]),
    ).toEqual([
      ['crm', 'active', 6],
      ['mail', 'below', 6],
    ]);
    expect(usageAt(profile, NOON, withProducts).products).toHaveLength(2);
  });

  it('M20: automated events count for no product', () => {
    const profile = profileOf(used(9, 'x', { product: 'crm', is_automated: true }), withProducts);
    expect(productTiersAt(profile, NOON, withProducts)[0]).toMatchObject({ tier: 'below', events: 0 });
  });

  it('leave the profile with the window, whatever order they came in', () => {
    const profile = profileOf(events, withProducts);
    expect(profileOf([...events].reverse(), withProducts)).toEqual(profile);
    expect(
      applyEvents(applyEvents(emptyProfile(), events.slice(5), withProducts).profile, events.slice(0, 5), withProducts)
        .profile,
    ).toEqual(profile);
    const later = NOON + 30 * DAY_MS;
    expect(pruneProfile(profile, later, withProducts).usage).toMatchObject({ features: {}, products: {} });
    expect(pruneProfile(profile, later - 6, withProducts)).toBe(profile);
  });
});

describe('segments', () => {
  it('M25: a lead inside a segment has its table, every other lead the default', () => {
    const profile = profileOf(used(6, 'x'), withSegments);
    const read = (attributes?: LeadAttributes): [string, unknown] => {
      const { tier, segment } = usageAt(profile, NOON, withSegments, attributes);
      return [tier, segment];
    };
    expect(read(lead({ plan: 'Starter', role: 'admin' }))).toEqual(['power', 'starter']);
    expect(read(lead({ role: 'admin' }))).toEqual(['below', 'admins']);
    expect(read(lead({ plan: 'team' }))).toEqual(['at-risk', null]);
    expect([read(noAttributes), read()]).toEqual([
      ['at-risk', null],
      ['at-risk', null],
    ]);
    expect(tierOf(6, withSegments, lead({ plan: 'starter' }))).toBe('power');
  });

  it('M25: the segment decides the whole score and the instant the tier changes', () => {
    const profile = profileOf(used(6, 'x'), withSegments);
    const attributes = lead({ plan: 'starter' });
    expect(scoreAt({ profile, attributes, at: NOON, model: withSegments }).usage.tier).toBe('power');
    expect(nextTierChangeAt(profile, NOON, withSegments, attributes)).toBe(NOON - 5 + 30 * DAY_MS);
    expect(nextTierChangeAt(profile, NOON, withSegments)).toBe(NOON + 30 * DAY_MS);
  });
});

describe('the next change of usage', () => {
  const everything = compiled({
    products: [product('crm', 2, 4)],
    features: [feature('Dashboard', 3, 9)],
    lifecycle: { activation: { fact: 'event.type', operator: 'eq', value: 'track' } },
  });
  const someEvents = fc.array(
    fc
      .record({
        ms: fc.integer({ min: 0, max: 60 * DAY_MS }),
        isCrm: fc.boolean(),
        name: fc.constantFrom('Dashboard', 'x'),
      })
      .map(({ ms, isCrm, name }) =>
        tracked('Feature Used', NOON - ms, { feature_name: name, ...(isCrm ? { product: 'crm' } : {}) }),
      ),
    { maxLength: 40 },
  );
  const told = (profile: ReturnType<typeof profileOf>, at: number): unknown => {
    const { tier, products = [], features = [], lifecycle } = usageAt(profile, at, everything);
    return [tier, products.map((level) => level.tier), features.map((level) => level.tier), lifecycle?.stage];
  };

  it('is the very millisecond at which a tier, a level or the lifecycle stage differs', () => {
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 0, max: 40 * DAY_MS }), (events, ms) => {
        const profile = profileOf(events, everything);
        const change = nextUsageChangeAt(profile, NOON, everything);
        const end = change ?? NOON + 2_000 * DAY_MS;
        const between = NOON + (ms % Math.max(1, end - NOON));
        expect([told(profile, between), told(profile, end - 1)]).toEqual([told(profile, NOON), told(profile, NOON)]);
        if (change !== null) expect(told(profile, change)).not.toEqual(told(profile, NOON));
      }),
      { seed: SEED },
    );
  });
});

describe('checking the tables', () => {
  it('names what is wrong with segments, products and features', () => {
    const [first] = product('crm', 4, 20).tiers;
    const issues = modelIssues(
      usageWith({
        products: [
          product('crm', 4, 20),
          { ...product('crm', 4, 20), tiers: [...(first ? [first] : []), ...table(30, 40)] },
        ],
        features: [{ ...feature('Dashboard', 9, 5) }],
        segments: [{ key: 's', label: 'S', match: { fact: 'event.name', operator: 'exists' }, tiers: table(1, 2) }],
      }),
    );
    expect(issues.map(({ path }) => path)).toEqual([
      'usage.products.1.key',
      'usage.products.1.tiers.1.key',
      'usage.products.1.tiers.1.minEvents',
      'usage.features.0.tiers.1.minEvents',
      'usage.segments.0.match',
    ]);
  });
});
