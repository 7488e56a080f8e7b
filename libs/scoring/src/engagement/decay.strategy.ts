import type { DecaySettings } from '../model/model.schema';
import { agedDecay } from './aged.decay';
import { exponentialDecay } from './exponential.decay';
import type { DecayStrategy } from './points.course';

/** The strategy of a model's settings; without any, exponential with the model's half-life (ms). */
export function decayOf(settings: DecaySettings | undefined, halfLifeMs: number): DecayStrategy {
  return settings === undefined || settings.kind === 'exponential' ? exponentialDecay(halfLifeMs) : agedDecay(settings);
}
