import { setTimeout as pause } from 'node:timers/promises';
import { OperationalError } from '@rekindle/contracts';
import { driverErrorOf, isBusy } from './database.fault';

const TRIES = 100;
const PAUSE_MS = 50;

const isHeld = (error: unknown): boolean =>
  (error instanceof OperationalError && error.code === 'database_busy') || isBusy(driverErrorOf(error).code);

/**
 * While another process holds the file, which writes or recovers, the work is tried again, without blocking this one:
 * with what the driver itself waits, for ten to fifteen seconds.
 */
export const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isHeld(error) || tries === TRIES) throw error;
      await pause(PAUSE_MS);
    }
  }
};
