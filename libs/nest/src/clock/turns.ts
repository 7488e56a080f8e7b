import type { FitSteps } from '@rekindle/scoring';

/** Lets everything else that waits go first. Reads of SQLite alone do not: they are done before they are awaited. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs long work a step at a time, and everything else between. */
export async function inTurns<Result>(steps: FitSteps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}
