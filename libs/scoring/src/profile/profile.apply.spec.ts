import fc from 'fast-check';
import { engagementRank } from '../engagement/engagement.rank';
import { daysBefore, model, NOON, page, profileOf, SEED, someEvents, tracked } from '../event.fixture';
import { DAY_MS, type Profile, type ScoringEvent } from '../profile';
import { applyEvents, emptyProfile, profileWith } from './profile.apply';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** Applies events in batches of the given sizes, one after another. */
function inBatches(events: readonly ScoringEvent[], sizes: readonly number[]): Profile {
  let profile = frozen(emptyProfile());
  let start = 0;
  for (const size of [...sizes, events.length]) {
    profile = frozen(applyEvents(profile, events.slice(start, start + size), model).profile);
    start += size;
  }
  return profile;
}

const usageEvents = fc.array(
  fc
    .record({ day: fc.integer({ min: 0, max: 100 }), feature: fc.constantFrom('dashboard', 'api', '__proto__') })
    .map(({ day, feature }) => tracked('Feature Used', daysBefore(NOON, day), { feature_name: feature })),
  { maxLength: 30 },
);

describe('taking events into a profile', () => {
  it('gives the same profile to the last bit for any order of arrival and any batching', () => {
    fc.assert(
      fc.property(
        fc.tuple(someEvents, usageEvents).chain(([signals, usage]) => {
          const events = [...signals, ...usage];
          return fc.record({
            events: fc.constant(events),
            shuffled: fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
          });
        }),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }),
        ({ events, shuffled }, sizes) => {
          const profile = inBatches(shuffled, sizes);
          expect(profile).toEqual(profileOf(events));
          expect(profileWith(emptyProfile(), shuffled, model)).toEqual(profile);
          expect(engagementRank(profile, model)).toBe(engagementRank(profileOf(events), model));
        },
      ),
      { seed: SEED },
    );
  });

  it('shares with its input all that no event touches, and changes none of it', () => {
    const before = frozen(profileOf([tracked('Replied', NOON), tracked('Email Opened', NOON)]));
    const { profile } = applyEvents(before, [tracked('Replied', NOON + 1)], model);
    expect(profile.signals['email-open']).toBe(before.signals['email-open']);
    expect(profile.usage).toBe(before.usage);
    expect(before.signals['reply']?.[0]?.count).toBe(1);
    expect(profile.signals['reply']?.[0]).toMatchObject({ count: 2, last: NOON + 1 });
  });

  it('M4: after one event the last activity is its time and the total is one more', () => {
    const first = profileOf([page('/blog', NOON)]);
    expect(first).toMatchObject({ firstAt: NOON, lastAt: NOON, totalEvents: 1 });
    const second = applyEvents(first, [tracked('Anything Else', NOON + 5)], model).profile;
    expect(second).toMatchObject({ firstAt: NOON, lastAt: NOON + 5, totalEvents: 2 });
  });

  it('does not take a bounce or a profile update for activity of the lead', () => {
    const profile = profileOf([tracked('Email Bounced', NOON), { ...tracked('', NOON), type: 'identify', name: null }]);
    expect(profile).toMatchObject({ lastAt: null, totalEvents: 1 });
    expect(profile.signals['bounce']).toHaveLength(1);
  });

  it('D35: what is marked as done without the lead counts, and does not move when the lead was last active', () => {
    const context = { active: false };
    const profile = profileOf([tracked('Replied', NOON), { ...tracked('Replied', NOON + 5), context }]);
    expect(profile).toMatchObject({ lastAt: NOON, totalEvents: 2 });
    expect(profile.signals['reply']).toMatchObject([{ count: 2 }]);
  });

  it('tells which signal took which event, whatever the message is called', () => {
    const events = [
      { ...tracked('Replied', NOON), messageId: '__proto__' },
      { ...tracked('Nothing Known', NOON), messageId: 'b' },
    ];
    const { signalOf } = applyEvents(emptyProfile(), events, model);
    expect([...signalOf]).toEqual([['__proto__', 'reply']]);
  });

  it('puts a late event into its own UTC day', () => {
    const midnight = Math.floor(NOON / DAY_MS) * DAY_MS;
    const profile = profileOf([midnight, midnight - 1, midnight + DAY_MS - 1].map((at) => tracked('Replied', at)));
    expect(profile.signals['reply']?.map(({ day, count }) => [day - midnight / DAY_MS, count])).toEqual([
      [-1, 1],
      [0, 2],
    ]);
  });
});
