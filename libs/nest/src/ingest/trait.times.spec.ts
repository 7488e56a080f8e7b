import { joinTraits, MOST_TRAITS, noTimes, sayTraits, type TimedTraits } from './trait.times';

const nothing: TimedTraits = { traits: {}, times: noTimes };
const wide = (from: number, count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${from + index}`, 1]));

describe('what is known of somebody', () => {
  it('is what was said last, not what came last', () => {
    const later = sayTraits(nothing, { plan: 'pro', city: 'Ulm' }, 200);
    const late = sayTraits(later, { plan: 'free', size: 7 }, 100);
    expect(late.traits).toEqual({ plan: 'pro', city: 'Ulm', size: 7 });
    expect(sayTraits(late, { size: 6 }, 99).traits).toEqual(late.traits);
    expect(sayTraits(late, { size: 8 }, 150).traits).toEqual({ ...late.traits, size: 8 });
  });

  it('is what came last where two things were said at one instant', () => {
    expect(sayTraits(sayTraits(nothing, { a: 1, b: 1 }, 5), { a: 2 }, 5).traits).toEqual({ a: 2, b: 1 });
  });

  it('takes one instant to remember where everything was said at once', () => {
    const partly = sayTraits(sayTraits(nothing, { a: 1, b: 1 }, 5), { a: 2 }, 6);
    expect(partly.times).toEqual({ all: 5, own: { a: 6 } });
    expect(sayTraits(partly, { a: 3, b: 3, toString: 1 }, 7).times).toEqual({ all: 7, own: {} });
  });

  it('is the same for two who are one, whoever is asked first', () => {
    const one = sayTraits(sayTraits(nothing, { a: 1, b: 1 }, 10), { a: 2 }, 30);
    const other = sayTraits(nothing, { a: 9, b: 9, c: 9, toString: 9 }, 20);
    expect(joinTraits(one, other).traits).toEqual({ a: 2, b: 9, c: 9, toString: 9 });
    expect(joinTraits(other, one).traits).toEqual(joinTraits(one, other).traits);
  });

  it(`is at most ${MOST_TRAITS} traits, of which known ones still change and an address is always one`, () => {
    let known = nothing;
    for (let from = 0; from < 1_500; from += 250) known = sayTraits(known, wide(from, 250), from);
    expect(Object.keys(known.traits)).toHaveLength(MOST_TRAITS);
    const said = sayTraits(known, { t0: 2, t1400: 2, email: 'ann@acme.example' }, 5_000).traits;
    expect(said).toMatchObject({ t0: 2, email: 'ann@acme.example' });
    expect(said['t1400']).toBeUndefined();
    const joined = joinTraits(known, sayTraits(nothing, { ...wide(2_000, 100), name: 'Ann' }, 1)).traits;
    expect([Object.keys(joined).length, joined['name']]).toEqual([MOST_TRAITS + 1, 'Ann']);
  });
});
