import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FitSteps } from '@rekindle/scoring';

/** Runs long work a step at a time, and everything else between. */
export async function inTurns<Result>(steps: FitSteps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}
