import { Initial1764547200000 } from './initial/initial.migration';

/** Every migration, oldest first. */
export const migrations = [Initial1764547200000];
