/** Work that may be interrupted between its steps, so that whoever runs it can do something else meanwhile. */
export type FitSteps<Result> = Generator<void, Result>;

/** Runs all steps at once. */
export function finished<Result>(steps: FitSteps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
