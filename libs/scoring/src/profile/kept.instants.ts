import { instantsOfBuckets } from '../engagement/aged.track';
import type { CompiledModel } from '../model/model.compile';
import type { Profile } from '../profile';
import { insertAscending, instantsAfter, ownInstants } from './instant.list';

/**
 * Instants of signals while events are taken in. Under a model that needs none, nothing is kept and what an earlier
 * model kept is dropped. Under one that does, a profile without any starts from its day buckets.
 */
export class KeptInstants {
  readonly #keptMs: number | null;
  readonly #before: Readonly<Record<string, number[]>>;
  readonly #instants: Record<string, number[]> | null;

  constructor({ instants, signals }: Profile, model: CompiledModel) {
    this.#keptMs = model.keptInstantsMs;
    this.#before = instants ?? instantsOfBuckets(signals);
    this.#instants = this.#keptMs === null ? null : { ...this.#before };
  }

  add(signal: string, at: number): void {
    if (this.#instants !== null) insertAscending(ownInstants(this.#instants, signal, this.#before), at);
  }

  /** Puts them into a profile of the caller's own, without those that no reading from the latest one on can reach. */
  keepIn(profile: Profile): void {
    if (this.#instants === null || this.#keptMs === null) {
      if (profile.instants !== undefined) delete profile.instants;
      return;
    }
    const latest = Object.values(this.#instants).reduce(
      (last, list) => Math.max(last, list[list.length - 1] ?? last),
      Number.NEGATIVE_INFINITY,
    );
    profile.instants = instantsAfter(this.#instants, latest - this.#keptMs);
  }
}

/** Of a profile that has none under a model that needs none, which is most often so, there is nothing to keep: null. */
export function keptInstants(profile: Profile, model: CompiledModel): KeptInstants | null {
  return model.keptInstantsMs === null && profile.instants === undefined ? null : new KeptInstants(profile, model);
}

/** The profile without instants no reading from `now` (ms) on can reach; the same profile if there are none. */
export function withoutOldInstants(profile: Profile, now: number, { keptInstantsMs }: CompiledModel): Profile {
  if (profile.instants === undefined || keptInstantsMs === null) return profile;
  const instants = instantsAfter(profile.instants, now - keptInstantsMs);
  return instants === profile.instants ? profile : { ...profile, instants };
}
