import fc from 'fast-check';
import { daysBefore, modelWith, NOON, profileOf, SEED, someEvents, tracked } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { compileModel, type CompiledModel } from '../model/model.compile';
import { DAY_MS, type Profile } from '../profile';
import { emptyProfile, profileWith } from '../profile/profile.apply';
import { PackReader } from './pack.reader';
import { PackWriter } from './pack.writer';
import { packProfile, unpackProfile } from './profile.packing';

function packed(profile: Profile): string {
  const writer = new PackWriter();
  packProfile(writer, profile);
  return writer.text();
}

const unpacked = (text: string): Profile => unpackProfile(new PackReader(text));

/** Everything a profile can hold: instants, products and a lifecycle besides day buckets. */
const everything: CompiledModel = compileModel(
  {
    ...defaultModel,
    engagement: { ...defaultModel.engagement, decay: { kind: 'linear', days: 60 } },
    usage: {
      ...defaultModel.usage,
      products: [{ key: 'app', label: 'App', match: defaultModel.usage.match, tiers: defaultModel.usage.tiers }],
      lifecycle: { activation: { fact: 'event.name', operator: 'eq', value: 'Feature Used' } },
    },
  },
  1,
);
const models = [modelWith({}), modelWith({ halfLifeDays: 1 }), modelWith({ halfLifeDays: 7.3 }), everything];

const usageEvents = fc.array(
  fc
    .record({
      ms: fc.integer({ min: 0, max: 40 * DAY_MS }),
      feature: fc.constantFrom('dashboard', '__proto__', 'Größe "M"', '\\'),
    })
    .map(({ ms, feature }) => tracked('Feature Used', NOON - ms, { feature_name: feature })),
  { maxLength: 20 },
);

describe('packing a profile', () => {
  it('gives back the very same profile, whatever events and whichever model made it', () => {
    fc.assert(
      fc.property(someEvents, usageEvents, fc.constantFrom(...models), (events, usage, model) => {
        const profile = profileOf([...events, ...usage], model);
        expect(unpacked(packed(profile))).toEqual(profile);
        expect(packed(unpacked(packed(profile)))).toBe(packed(profile));
      }),
      { seed: SEED },
    );
  });

  it('keeps sums taken under another half-life than the latest', () => {
    const [, fast, slow] = models;
    if (fast === undefined || slow === undefined) throw new Error('two models are needed');
    const before = profileOf([tracked('Replied', daysBefore(NOON, 3)), tracked('Replied', daysBefore(NOON, 90))], fast);
    const profile = profileWith(before, [tracked('Replied', NOON)], slow);
    expect(unpacked(packed(profile))).toEqual(profile);
  });

  it('keeps instants from before 1970 and the emptiest of profiles', () => {
    const old = profileOf([tracked('Replied', -3.5 * DAY_MS), tracked('Replied', -1), tracked('Feature Used', -7)]);
    expect(unpacked(packed(old))).toEqual(old);
    expect(unpacked(packed(emptyProfile()))).toEqual(emptyProfile());
  });

  it('takes 300 bytes for a lead of twelve events, and seven bytes for a signal on another day', () => {
    const names = ['Email Opened', 'Email Link Clicked', 'Pricing Page Viewed', 'Feature Used'];
    const events = Array.from({ length: 12 }, (_, index) =>
      tracked(names[index % 4] ?? '', daysBefore(NOON, index) - 7_919 * index),
    );
    expect(packed(profileOf(events)).length).toBeLessThan(300);
    const daily = (days: number): Profile =>
      profileOf(Array.from({ length: days }, (_, day) => tracked('Replied', daysBefore(NOON, day) - 7_919 * day)));
    expect(packed(daily(60)).length - packed(daily(59)).length).toBeLessThanOrEqual(7);
  });

  it('refuses what it would not give back: parts of a millisecond, and a text in another form', () => {
    expect(() => packed(profileOf([tracked('Replied', NOON + 0.5)]))).toThrow(RangeError);
    expect(() => packed(profileOf([tracked('Feature Used', NOON + 0.5)]))).toThrow(RangeError);
    expect(() => unpacked(JSON.stringify(emptyProfile()))).toThrow(RangeError);
    expect(() => unpacked('[1,"",[]]')).toThrow(RangeError);
    expect(() => unpacked('[2,"AAAABA",[]]')).toThrow(RangeError);
  });
});

describe('digits', () => {
  it('give back every number they take', () => {
    const most = 2 ** 51;
    const whole = fc.oneof(
      fc.integer(),
      // There is no instant of minus nothing.
      fc.maxSafeInteger().map((value) => Math.trunc(value / 4) + 0),
      fc.constantFrom(most, -most),
    );
    const large = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constantFrom(2 ** 30, 2 ** 30 - 1, 2 ** 80));
    fc.assert(
      fc.property(fc.array(whole), fc.array(large), fc.nat({ max: 2 ** 30 - 1 }), (numbers, naturals, five) => {
        const writer = new PackWriter();
        for (const number of numbers) writer.putSignedOrNull(number);
        writer.putSignedOrNull(null);
        for (const number of numbers) writer.putSigned(number);
        for (const natural of naturals) writer.put(natural);
        writer.putFive(five);
        const reader = new PackReader(writer.text());
        expect(numbers.map(() => reader.takeSignedOrNull())).toEqual(numbers);
        expect(reader.takeSignedOrNull()).toBeNull();
        expect(numbers.map(() => reader.takeSigned())).toEqual(numbers);
        expect(naturals.map(() => reader.take())).toEqual(naturals);
        expect(reader.takeFive()).toBe(five);
      }),
      { seed: SEED },
    );
  });

  it('refuse a number they would not give back', () => {
    const writer = new PackWriter();
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 52, -(2 ** 52)]) {
      expect(() => writer.putSigned(value)).toThrow(RangeError);
    }
    expect(() => writer.put(-1)).toThrow(RangeError);
  });
});
