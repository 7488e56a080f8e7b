import { Initial1764547200000 } from './initial/initial.migration';
import { MovingRanks1764633600000 } from './moving-ranks/moving-ranks.migration';

/** Every migration, oldest first. */
export const migrations = [Initial1764547200000, MovingRanks1764633600000];
