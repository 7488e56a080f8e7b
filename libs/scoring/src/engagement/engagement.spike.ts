import type { CompiledModel } from '../model/model.compile';
import type { Profile } from '../profile';
import type { Spike, SpikeCause } from '../score';
import { contributionsAt } from './engagement.explain';
import { bucketsOf } from './signal.fold';
import { RECENT_DAYS, SpikeWatch } from './spike.watch';

const MOST_CAUSES = 3;

/**
 * The last 3 UTC days (`at`'s day included) against the lead's own 28 days before, counting positive signals.
 * With a Gamma(1, 7 days) prior on the daily rate, n signals in the baseline make the next 3 days' count negative
 * binomial with shape 1 + n and share 3 / (7 + 28 + 3) (Gelman et al., Bayesian Data Analysis, § 2.6); a spike is a
 * count whose tail is below 0.001 and whose fresh points matter. Only events and UTC midnights change the verdict.
 */
export function spikeAt(profile: Profile, at: number, model: CompiledModel): Spike {
  const watch = new SpikeWatch(profile, at, model);
  const { isSpike, day } = watch;
  return { isSpike, ...watch.reading(), causes: isSpike ? causesOf(profile, at, day, model) : [] };
}

/** Earliest UTC midnight after `at` at which `isSpike` differs if nothing happens; null: never. */
export function nextSpikeChangeAt(profile: Profile, at: number, model: CompiledModel): number | null {
  return new SpikeWatch(profile, at, model).nextChangeAt;
}

/** The signals that gained most by the recent days: points with them less points without, at `at`. */
function causesOf(profile: Profile, at: number, day: number, model: CompiledModel): SpikeCause[] {
  const recentFrom = day - RECENT_DAYS + 1;
  const before = model.decay.courseOf(profile, model, recentFrom - 1)?.sharesAt(at) ?? [];
  const causes = contributionsAt(profile, at, model).map(({ signal, label, points }) => {
    const earlier = before.find((share) => share.signal.definition.key === signal);
    const buckets = bucketsOf(profile, signal);
    const count = buckets.reduce((sum, bucket) => sum + (bucket.day >= recentFrom ? bucket.count : 0), 0);
    return { signal, label, count, points: points - (earlier?.points ?? 0) };
  });
  return causes
    .filter(({ count, points }) => count > 0 && points > 0)
    .sort((left, right) => right.points - left.points)
    .slice(0, MOST_CAUSES);
}
